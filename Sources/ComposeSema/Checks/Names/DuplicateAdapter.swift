package import ComposeBasic
import ComposeSyntax

/// Reports two adapters of one type.
package enum DuplicateAdapter: Check {
  private static let code = DiagnosticCode(
    "duplicate-adapter", .error, "Two adapters of one type",
    explanation: """
      The reference keeps one adapter of each type: it starts the first one twice, and the second never. Several HTTP
      servers are only a warning: this program serves each of them at its own port.

      ```yaml bad
      controller:
        adapters:
          - {type: mcp-server, port: 8080}
          - {type: mcp-server, port: 8090}
      workflow: {job: {type: delay, duration: 1s}}
      ```

      ```yaml good
      controller:
        adapters:
          - {type: http-server, port: 8080}
          - {type: mcp-server, port: 8090}
      workflow: {job: {type: delay, duration: 1s}}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let adapters = program.file.controller?.adapters ?? []
    var first: [String: SourceRange] = [:]
    for (index, adapter) in adapters.enumerated() {
      guard let type = adapter.type else { continue }
      guard let earlier = first[type.value] else {
        first[type.value] = type.range
        continue
      }
      var diagnostic = Diagnostic(code, "two adapters of type '\(type.value)'", at: type.range)
        .note("the first one is here", at: earlier)
        .help("serve everything through one of them")
        .upstream("starts the first one twice, which fails because its port is taken, and never the second")
      if program.catalog.adapter(adapter)?.facts.contains(.repeats) ?? false {
        diagnostic.severity = .warning
      } else {
        diagnostic = diagnostic.removing(index, of: adapters.map(\.node.range), "remove it")
      }
      diagnostics.emit(diagnostic)
    }
  }
}
