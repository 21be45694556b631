package import ComposeBasic
import ComposeSyntax

/// Reports `${gateway:PORT…}` with a port that no gateway of the file makes reachable.
package enum UndefinedGateway: Check {
  private static func example(_ port: String) -> String {
    """
    gateway: {type: http-tunnel, driver: ngrok, port: 8090}
    component:
      type: http-client
      action: {endpoint: https://api.example.com, body: {callback: "${gateway:\(port).public_url}/done"}}
    workflow: {job: {input: "${input}"}}
    """
  }

  private static let code = DiagnosticCode(
    "undefined-gateway", .error, "A gateway that is not declared",
    explanation: """
      `${gateway:8090.public_url}` is the address at which the gateway with that port is reached from outside. Without
      such a gateway the expression gives nothing.

      ```yaml bad
      \(example("8099"))
      ```

      ```yaml good
      \(example("8090"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let file = program.file
    let isMisspelt = file.root.map { program.misspelt.contains($0.range) } ?? true
    let catalog = program.catalog
    let known = file.declarations(.gateway).flatMap { $0.gatewayPorts(catalog) }.map(\.value)
    let ports = known.compactMap { $0 }
    // A port that is not known may be any.
    guard !isMisspelt, !file.hasUnreadable("gateway"), ports.count == known.count else { return }
    let templates = file.allComponents.flatMap { component in
      component.fields.entries.map(\.value) + component.actions.flatMap { $0.fields.entries.map(\.value) }
    }
    for expression in templates.flatMap(\.expressions) where expression.root.value.hasPrefix("gateway:") {
      let written = String(expression.root.value.dropFirst("gateway:".count))
      if let port = Int(written), ports.contains(port) { continue }
      let root = expression.root.range
      let place = SourceRange(file: root.file, start: Int(root.end) - written.utf8.count, end: Int(root.end))
      diagnostics.emit(diagnostic(written, ports, at: place))
    }
  }

  private static func diagnostic(_ written: String, _ ports: [Int], at place: SourceRange) -> Diagnostic {
    let diagnostic = Diagnostic(code, "no gateway exposes port \(written)", at: place)
      .upstream("gives nothing, silently")
    guard let only = ports.first else { return diagnostic.help("declare a 'gateway' with 'port: \(written)'") }
    let named = diagnostic.help("there is \(ports.map(String.init).joined(separator: ", "))")
    return ports.count == 1 ? named.fix("write \(only)", .suggested, replace: place, with: String(only)) : named
  }
}
