import ComposeBasic
import ComposeSyntax

/// Web addresses that no request can be sent to.
enum URLRule: FieldRule {
  private static let code = DiagnosticCode(
    "invalid-url", .error, "A web address that cannot be used",
    explanation: """
      `base_url` and `endpoint` are full addresses: `https://`, a host, and maybe a port and a path. The reference takes
      any text, and fails when it sends the first request.

      ```yaml bad
      component: {type: http-client, action: {endpoint: api.example.com/v1/items}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component: {type: http-client, action: {endpoint: https://api.example.com/v1/items}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard let schemes = visit.shape.schemes(of: visit.name), let scalar = visit.value.scalar, !scalar.isUnknown,
      case .text(let text) = scalar.value, !text.isEmpty, !text.hasPrefix("$"),
      let problem = URLText(text).problem(schemes: schemes)
    else { return }
    var upstream = "fails when it sends a request"
    if case .blank(let offset) = problem, text.utf8.prefix(offset).count(where: { $0 == UInt8(ascii: "/") }) > 2 {
      upstream = "sends the blank as %20"
    }
    findings.emit(diagnostic(problem, visit, scalar, text, schemes).upstream(upstream))
  }

  private static func diagnostic(
    _ problem: URLText.Problem, _ visit: FieldVisit, _ scalar: YAMLScalar, _ text: String, _ schemes: [String]
  ) -> Diagnostic {
    let name = visit.name
    let whole = visit.value.range
    func replaced(_ new: String) -> String { visit.isQuoted ? "\"\(new)\"" : new }
    switch problem {
    case .noScheme:
      let isLocal = text.hasPrefix("localhost") || text.hasPrefix("127.")
      let scheme = isLocal && schemes.contains("http") ? "http" : schemes[0]
      return Diagnostic(code, "'\(name)' must be a full address, but '\(text)' has no scheme", at: whole)
        .help("write \(scheme)://\(text)")
        .fix("put '\(scheme)://' before it", .suggested, replace: whole, with: replaced("\(scheme)://\(text)"))
    case .relative:
      let help =
        name == "endpoint"
        ? "write the full address, or use 'path' and put the address into the component's 'base_url'"
        : "write the full address, as in \(schemes[0])://host\(text)"
      let diagnostic = Diagnostic(code, "'\(name)' must be a full address, not a path", at: whole).help(help)
      guard name == "endpoint", visit.component?.entry("base_url") != nil, visit.mapping.entry("path") == nil else {
        return diagnostic
      }
      return diagnostic.fix("use 'path'", .suggested, replace: visit.entry.key.range, with: "path")
    case .unknownScheme(let scheme, let best):
      let diagnostic = Diagnostic(code, "unknown scheme '\(scheme)' in '\(name)'", at: whole)
      guard let best else { return diagnostic.help("use \(schemes.joined(separator: " or "))") }
      return diagnostic.help("did you mean '\(best)'?")
        .fix("write '\(best)'", .suggested, replace: scalar.map.range(0..<scheme.utf8.count), with: best)
    case .slashes:
      return Diagnostic(code, "two slashes must follow the scheme in '\(name)'", at: whole)
    case .noHost:
      return Diagnostic(code, "the address in '\(name)' has no host", at: whole)
    case .blank(let offset):
      let range = scalar.map.range(offset..<offset + 1)
      return Diagnostic(code, "the address in '\(name)' has a blank", at: range)
        .help("remove it").fix("remove the blank", .suggested, replace: range, with: "")
    case .port(let port):
      return Diagnostic(code, "'\(port)' is no port: the address in '\(name)' cannot be used", at: whole)
        .help("a port is a number up to 65535")
    }
  }
}
