import ComposeBasic
import ComposeSyntax

/// Hosts that are written as web addresses.
enum HostRule: FieldRule {
  private static let code = DiagnosticCode(
    "address-as-host", .error, "A web address where a host is expected",
    explanation: """
      A host is a name or a number, without a scheme and without a path. No name server knows it otherwise.

      ```yaml bad
      controller: {adapter: {type: http-server, host: http://localhost, port: 8080}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      controller: {adapter: {type: http-server, host: localhost, port: 8080}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.owner != .action, visit.owner != .job, visit.name == "host", let scalar = visit.literal,
      case .text(let text) = scalar.value, let scheme = text.utf8Offset(of: "://")
    else { return }
    var diagnostic = Diagnostic(code, "'host' must be a host, not a web address", at: visit.value.range)
      .help("write the name or the number alone")
      .upstream("looks for a host of this whole name, and finds none")
    let rest = text.utf8.dropFirst(scheme + 3)
    if !rest.isEmpty, rest.allSatisfy({ $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ":") }) {
      diagnostic = diagnostic.fix(
        "remove the scheme", .suggested, replace: scalar.map.range(0..<scheme + 3), with: "")
    }
    findings.emit(diagnostic)
  }
}
