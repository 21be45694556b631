package import ComposeBasic
import ComposeSyntax

/// Reports a tunnel to a port on which nothing of the file listens.
package enum UnservedGateway: Check {
  private static func example(_ port: String) -> String {
    """
    gateway: {type: http-tunnel, driver: ngrok, port: \(port)}
    listener: {type: http-trigger, port: 8091, path: /start, workflow: main}
    workflow: {id: main, job: {type: delay, duration: 1s}}
    """
  }

  private static let code = DiagnosticCode(
    "unserved-gateway", .warning, "A tunnel to a port on which nothing listens",
    explanation: """
      A gateway makes a local port reachable from outside. Nothing in the file listens on this one, so unless another
      program does, every call from outside fails.

      ```yaml bad
      \(example("8099"))
      ```

      ```yaml good
      \(example("8091"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let file = program.file
    let catalog = program.catalog
    let served = file.listenAddresses(catalog).map(\.port)
    let components = file.components.compactMap { $0.node[key: "port"]?.knownText.flatMap { Int($0) } }
    // A port that is not known may be any.
    guard !file.declarations(.listener).isEmpty, !file.hasUnreadable("listener"), program.misspelt.isEmpty,
      served.count == file.listeningParts(catalog)
    else { return }
    for gateway in file.declarations(.gateway) where !catalog.forwardsPorts(gateway) {
      for item in gateway.gatewayPorts(catalog) where gateway.node.entry("port") != nil {
        guard let port = item.value, !(served + components).contains(port) else { continue }
        let diagnostic = Diagnostic(code, "nothing in this file listens on port \(port)", at: item.range)
          .help("the parts of this file listen on \(served.map(String.init).joined(separator: ", "))")
          .upstream("opens the tunnel, and calls from outside fail")
        let only = Set(file.declarations(.listener).compactMap { ListenAddress($0, catalog)?.port })
        guard only.count == 1, let best = only.first else {
          diagnostics.emit(diagnostic)
          continue
        }
        diagnostics.emit(diagnostic.fix("write \(best)", .suggested, replace: item.range, with: String(best)))
      }
    }
  }
}

extension ComposeFile {
  /// How many parts of the controller and listeners listen on a port, known or not.
  fileprivate func listeningParts(_ catalog: Catalog) -> Int {
    listenAddresses(catalog).count + declarations(.listener).filter { ListenAddress($0, catalog) == nil }.count
  }
}
