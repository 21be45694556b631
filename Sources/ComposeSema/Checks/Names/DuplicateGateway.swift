package import ComposeBasic
import ComposeSyntax

/// Reports two gateways for one local port.
package enum DuplicateGateway: Check {
  private static func example(_ ports: String) -> String {
    """
    gateway: {type: http-tunnel, driver: ngrok, port: \(ports)}
    workflow: {job: {type: delay, duration: 1s}}
    """
  }

  private static let code = DiagnosticCode(
    "duplicate-gateway", .warning, "Two gateways for one port",
    explanation: """
      `${gateway:8090…}` gives the address of one of them only.

      ```yaml bad
      \(example("[8090, 8090]"))
      ```

      ```yaml good
      \(example("[8090, 8091]"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    var first: [Int: SourceRange] = [:]
    for gateway in program.file.declarations(.gateway) {
      for port in gateway.gatewayPorts(program.catalog) {
        guard let number = port.value else { continue }
        guard let earlier = first[number] else {
          first[number] = port.range
          continue
        }
        diagnostics.emit(
          Diagnostic(code, "port \(number) has a gateway already", at: port.range)
            .note("the first one is here", at: earlier)
            .help("remove one of them")
            .upstream("opens both, and expressions read the address of one of them"))
      }
    }
  }
}
