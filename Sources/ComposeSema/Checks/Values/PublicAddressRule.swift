import ComposeBasic
import ComposeSyntax

/// Addresses that other machines can reach.
enum PublicAddressRule: FieldRule {
  private static let code = DiagnosticCode(
    "exposed-address", .warning, "A service that listens on every interface",
    explanation: """
      Everyone who can reach the machine can run the workflows, and spend what they cost. The reference has no
      authentication. This program refuses to listen on such an address without keys (`MODEL_COMPOSE_API_KEYS`) unless
      it is told to with `--insecure`.

      ```yaml bad
      controller: {adapter: {type: http-server, host: 0.0.0.0, port: 8080}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      controller: {adapter: {type: http-server, host: 127.0.0.1, port: 8080}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.owner == .controller, visit.name == "host", let text = visit.literal?.text,
      ["0.0.0.0", "::", "[::]", "0"].contains(text)
    else { return }
    let subject: String
    switch visit.path.last {
    case "webui": subject = "the Web UI"
    case "adapter", "adapters", nil: subject = "the adapter"
    default: return
    }
    findings.emit(
      Diagnostic(code, "\(subject) listens on every interface without authentication", at: visit.value.range)
        .help("listen on 127.0.0.1, or let only those in who have a key")
        .upstream("lets everyone in who can reach the machine")
        .fix("listen on this machine only", .suggested, replace: visit.value.range, with: "127.0.0.1"))
  }
}
