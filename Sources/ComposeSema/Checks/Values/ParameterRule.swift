import ComposeBasic
import ComposeSyntax

/// Parameters of requests that the reference cannot write into an address.
enum ParameterRule: FieldRule {
  private static let code = DiagnosticCode(
    "boolean-parameter", .warning, "A parameter that is a boolean",
    explanation: """
      This program writes booleans into an address as JSON does. The reference fails when it sends the request. In
      quotes the value is a text in both.

      ```yaml bad
      component: {type: http-client, action: {endpoint: https://api.example.com, method: GET, params: {all: true}}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component: {type: http-client, action: {endpoint: https://api.example.com, method: GET, params: {all: "true"}}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.shape.facts.contains(.query(field: visit.name)) else { return }
    for member in visit.value.mapping ?? [] {
      guard let name = member.name, let scalar = member.value.scalar, case .boolean = scalar.value else { continue }
      findings.emit(
        Diagnostic(code, "the parameter '\(name)' is a boolean", at: member.value.range)
          .help("quote it: \"\(scalar.text)\"")
          .upstream("fails when it sends the request")
          .fix("quote it", .safe, replace: member.value.range, with: "\"\(scalar.text)\""))
    }
  }
}
