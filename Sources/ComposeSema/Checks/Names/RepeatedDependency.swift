package import ComposeBasic
import ComposeSyntax

/// Reports a job that is listed twice in a `depends_on`.
package enum RepeatedDependency: Check {
  private static func example(_ list: String) -> String {
    """
    workflow:
      jobs:
        - {id: first, type: delay, duration: 1s}
        - {id: second, type: delay, duration: 1s, depends_on: \(list)}
    """
  }

  private static let code = DiagnosticCode(
    "repeated-dependency", .warning, "A job that is listed twice in 'depends_on'",
    explanation: """
      Once is enough. Perhaps another job was meant.

      ```yaml bad
      \(example("[first, first]"))
      ```

      ```yaml good
      \(example("[first]"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for job in program.file.workflows.flatMap(\.jobs) {
      guard let items = job.node[key: "depends_on"]?.sequence else { continue }
      report(items, into: &diagnostics)
      for group in items { report(group.sequence ?? [], into: &diagnostics) }
    }
  }

  private static func report(_ items: [YAMLNode], into diagnostics: inout Diagnostics) {
    var first: [String: SourceRange] = [:]
    for (index, item) in items.enumerated() {
      guard let name = item.scalar?.text else { continue }
      guard let earlier = first[name] else {
        first[name] = item.range
        continue
      }
      diagnostics.emit(
        Diagnostic(code, "'\(name)' is listed twice", at: item.range)
          .note("the first time is here", at: earlier)
          .help("remove it")
          .upstream("waits for it once")
          .removing(index, of: items.map(\.range), "remove it"))
    }
  }
}
