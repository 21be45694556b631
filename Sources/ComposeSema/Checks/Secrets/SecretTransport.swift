package import ComposeBasic
import ComposeSyntax

/// Looks at where requests take the credentials of the environment.
package enum SecretTransport: Check {
  private static func example(_ url: String, variable: String) -> String {
    """
    component:
      type: http-client
      action:
        endpoint: \(url)
        method: GET
        headers: {Authorization: "Bearer ${env.\(variable)}"}
    workflow: {job: {input: "${input}"}}
    """
  }

  private static let insecure = DiagnosticCode(
    "insecure-transport", .warning, "A credential that is sent unencrypted",
    explanation: """
      Everybody on the way can read a request over plain HTTP. Requests to this machine and to private networks are not
      meant.

      ```yaml bad
      \(example("http://status.example.com/report", variable: "STATUS_TOKEN"))
      ```

      ```yaml good
      \(example("https://status.example.com/report", variable: "STATUS_TOKEN"))
      ```
      """)

  private static let otherHost = DiagnosticCode(
    "secret-to-other-host", .warning, "A credential that is sent to somebody else",
    explanation: """
      The variable's name says whose key it holds, and the request goes to another service. A server that speaks the
      protocol of the key's owner is not meant: it may want a key of its own under the same name.

      ```yaml bad
      \(example("https://api.anthropic.com/v1/models", variable: "OPENAI_API_KEY"))
      ```

      ```yaml good
      \(example("https://api.openai.com/v1/models", variable: "OPENAI_API_KEY"))
      ```
      """)

  package static let codes = [insecure, otherHost]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for target in program.actions {
      guard let host = target.address.host, !target.address.isLocal else { continue }
      for (reference, isHeader) in credentials(in: target) {
        if target.address.scheme == "http" || target.address.scheme == "ws" {
          diagnostics.emit(.unencrypted(reference, to: host, target))
        } else if let owner = owner(of: reference, program.catalog),
          goesElsewhere(target, owner, isHeader: isHeader, program.catalog)
        {
          diagnostics.emit(.elsewhere(reference, of: owner.provider ?? owner.name, to: host, target))
        }
      }
    }
  }

  /// The credentials that a request carries, and whether each stands in a header, where servers expect one.
  private static func credentials(in target: ActionTarget) -> [(EnvironmentReference, isHeader: Bool)] {
    let headers = [target.action.fields["headers"], target.component.fields["headers"]]
    let others = ["params", "body", "endpoint", "path"].map { target.action.fields[$0] }
    return headers.flatMap { $0?.credentials ?? [] }.map { ($0, true) }
      + (others + [target.component.fields["base_url"]]).flatMap { $0?.credentials ?? [] }.map { ($0, false) }
  }

  private static func owner(of reference: EnvironmentReference, _ catalog: Catalog) -> APIDescription? {
    catalog.apis.first { $0.variables.contains(reference.name) }
  }

  /// Whether the request surely is for nobody who wants this key: it goes to another described provider, or the key is
  /// part of what is sent to a service that speaks no protocol of the key's owner.
  private static func goesElsewhere(
    _ target: ActionTarget, _ owner: APIDescription, isHeader: Bool, _ catalog: Catalog
  ) -> Bool {
    guard let host = target.address.host, let provider = owner.provider, !owner.isProvider(host) else { return false }
    if catalog.apis.contains(where: { $0.isProvider(host) }) { return true }
    if isHeader { return false }
    // Services of the same company, and gateways, have the name of the provider somewhere.
    let name = provider.split(separator: ".").dropLast().last.map(String.init) ?? provider
    let path = target.address.path ?? ""
    return target.api == nil && !host.contains(name) && !path.contains(name) && !path.contains("/v1")
      && !["gateway", "proxy", "llm", "azure"].contains { host.contains($0) || path.contains($0) }
  }
}

extension Diagnostic {
  fileprivate static func unencrypted(
    _ reference: EnvironmentReference, to host: String, _ target: ActionTarget
  ) -> Diagnostic {
    let diagnostic = Diagnostic(
      SecretTransport.codes[0], "the secret '\(reference.name)' is sent unencrypted to '\(host)'", at: reference.range
    )
    .note("the address is here", at: target.addressText?.range ?? target.addressKey)
    .help("use https")
    .upstream("sends it in clear text")
    guard let text = target.addressText, text.value.hasPrefix("http://") else { return diagnostic }
    let start = Int(text.range.start)
    return diagnostic.fix(
      "use https", .suggested, replace: SourceRange(file: text.range.file, start: start, end: start + 4), with: "https")
  }

  fileprivate static func elsewhere(
    _ reference: EnvironmentReference, of owner: String, to host: String, _ target: ActionTarget
  ) -> Diagnostic {
    Diagnostic(
      SecretTransport.codes[1], "the secret '\(reference.name)' belongs to '\(owner)', and is sent to '\(host)'",
      at: reference.range
    )
    .note("the address is here", at: target.addressText?.range ?? target.addressKey)
    .help("send the key of that service")
    .upstream("sends it")
  }
}

extension ActionTarget {
  /// How the address begins in the file, if it begins with text.
  fileprivate var addressText: Located<String>? {
    guard case .text(let text)? = (action.fields["endpoint"] ?? component.fields["base_url"])?.content,
      case .text(let piece)? = text.parts.first
    else { return nil }
    return piece
  }
}
