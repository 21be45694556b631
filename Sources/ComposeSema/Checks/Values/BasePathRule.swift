import ComposeBasic
import ComposeSyntax

/// Paths under which a service answers, and which cannot be put together.
enum BasePathRule: FieldRule {
  private static func example(_ path: String) -> String {
    """
    controller: {adapter: {type: http-server, port: 8080, base_path: \(path)}}
    component: {type: http-client, action: {endpoint: https://api.example.com}}
    workflow: {job: {input: "${input}"}}
    """
  }

  private static let code = DiagnosticCode(
    "invalid-base-path", .error, "A base path without its slash",
    explanation: """
      A base path stands before every path of the service. It begins with `/`, and does not end with one.

      ```yaml bad
      \(example("api"))
      ```

      ```yaml good
      \(example("/api"))
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.shape.facts.contains(.prefix(field: visit.name)), let scalar = visit.literal,
      case .text(let text) = scalar.value,
      !text.isEmpty
    else { return }
    if !text.hasPrefix("/") {
      findings.emit(
        Diagnostic(code, "the base path must begin with '/'", at: visit.value.range)
          .upstream("fails at the start: a path prefix must start with '/'")
          .fix("put '/' before it", .safe, replace: scalar.map.range(0..<0), with: "/"))
    } else if text.hasSuffix("/") {
      let end = text.utf8.count
      findings.emit(
        Diagnostic(code, "the base path must not end with '/'", at: visit.value.range)
          .upstream("fails at the start: a path prefix must not end with '/'")
          .fix("remove the last '/'", .safe, replace: scalar.map.range(end - 1..<end), with: ""))
    }
  }
}
