package import ComposeBasic
import ComposeSyntax

/// Reports two callbacks or triggers of a listener with the same path and method, and two folders with one path.
package enum DuplicateRoute: Check {
  private static func example(_ second: String) -> String {
    """
    listener:
      type: http-trigger
      triggers:
        - {path: /start, workflow: main}
        - {path: \(second), workflow: main}
    workflow: {id: main, job: {type: delay, duration: 1s}}
    """
  }

  private static let code = DiagnosticCode(
    "duplicate-route", .error, "Two routes of a listener with the same path",
    explanation: """
      The first route with the path and the method takes every call. The second never gets one.

      ```yaml bad
      \(example("/start"))
      ```

      ```yaml good
      \(example("/restart"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for adapter in program.file.controller?.adapters ?? [] { checkFolders(of: adapter, into: &diagnostics) }
    for listener in program.file.declarations(.listener) {
      let routes = listener.routes
      var first: [String: SourceRange] = [:]
      for (index, route) in routes.enumerated() {
        guard let path = route["path"], let text = path.constantText else { continue }
        let method = route["method"].map { $0.constantText } ?? "POST"
        guard let method else { continue }
        let name = "\(method) \(text)"
        guard let earlier = first[name] else {
          first[name] = path.range
          continue
        }
        diagnostics.emit(
          Diagnostic(code, "'\(name)' is declared twice: the second never matches", at: path.range)
            .note("the first one is here", at: earlier)
            .help("give it another path or method, or remove it")
            .upstream("calls the first one only")
            .removing(index, of: routes.map(\.range), "remove it"))
      }
    }
  }

  /// The folders that an HTTP server shows.
  private static func checkFolders(of adapter: AdapterDecl, into diagnostics: inout Diagnostics) {
    let folders = adapter.node[key: "static"]?.sequence ?? []
    var first: [String: SourceRange] = [:]
    for (index, folder) in folders.enumerated() {
      guard let path = folder[key: "path"], let text = path.knownText, !path.isNull else { continue }
      guard let earlier = first[text] else {
        first[text] = path.range
        continue
      }
      diagnostics.emit(
        Diagnostic(code, "'\(text)' is served twice: the second folder is never shown", at: path.range)
          .note("the first one is here", at: earlier)
          .help("give it another path, or remove it")
          .upstream("shows the first folder only")
          .removing(index, of: folders.map(\.range), "remove it"))
    }
  }
}
