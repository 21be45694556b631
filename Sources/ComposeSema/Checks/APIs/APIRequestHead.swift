package import ComposeBasic
import ComposeSyntax

/// Compares the method and the headers of a request to a described provider with what it needs.
package enum APIRequestHead: Check {
  private static func action(_ lines: [String], headers: [String]) -> String {
    """
    component:
      type: http-client
      base_url: https://api.anthropic.com
      action:
        path: /v1/messages
    \((lines + ["headers:"] + headers.map { "  " + $0 }).map { "    " + $0 }.joined(separator: "\n"))
        body:
          model: claude-sonnet-4-5
          max_tokens: 1000
          messages: [{role: user, content: "${input.prompt as text}"}]
    workflow: {job: {input: "${input}"}}
    """
  }

  private static let headers = [
    "x-api-key: ${env.ANTHROPIC_API_KEY}", "anthropic-version: \"2023-06-01\"", "Content-Type: application/json",
  ]

  private static func pair(bad: String) -> String {
    "```yaml bad\n\(bad)\n```\n\n```yaml good\n\(action([], headers: headers))\n```"
  }

  private static let wrongMethod = DiagnosticCode(
    "wrong-api-method", .error, "A method that the API does not answer to",
    explanation: """
      The API is described, and the provider refuses the request.

      \(pair(bad: action(["method: PUT"], headers: headers)))
      """)

  private static let missingHeader = DiagnosticCode(
    "missing-api-header", .warning, "A header that the provider needs",
    explanation: """
      The provider is called directly, and it refuses a request without the header. A request without any header is not
      judged: something on the way may add them.

      \(pair(bad: action([], headers: Array(headers.dropFirst()))))
      """)

  private static let wrongContentType = DiagnosticCode(
    "wrong-content-type", .error, "A body in a form that the API does not read",
    explanation: """
      The API is described: it reads JSON, or a form of several parts when a file is sent.

      \(pair(bad: action([], headers: headers.dropLast() + ["Content-Type: multipart/form-data"])))
      """)

  package static let codes = [wrongMethod, missingHeader, wrongContentType]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for target in program.actions {
      guard let api = target.api, target.callsProvider, !program.misspelt.contains(target.action.node.range),
        !program.misspelt.contains(target.component.node.range)
      else { continue }
      if let method = target.action.fields["method"], let given = method.constantText, let expected = api.method,
        given != expected, ["GET", "PUT", "DELETE", "PATCH"].contains(given)
      {
        diagnostics.emit(
          Diagnostic(wrongMethod, "\(api.name) answers to \(expected), not \(given)", at: method.range)
            .upstream("sends the request, and the provider answers with an error")
            .fix("write '\(expected)'", .suggested, replace: method.range, with: expected))
      }
      guard let headers = RequestHeaders(target) else { continue }
      checkPresence(of: headers, api, target, into: &diagnostics)
      checkContentType(headers, api, target, into: &diagnostics)
    }
  }

  private static func checkPresence(
    of headers: RequestHeaders, _ api: APIDescription, _ target: ActionTarget, into diagnostics: inout Diagnostics
  ) {
    // Without any header the request goes through something that adds them, or the file is an excerpt.
    if headers.names.isEmpty { return }
    for group in api.headers where !group.contains(where: { headers[$0] != nil }) {
      guard let first = group.first else { continue }
      // A misspelt header is another header.
      let near = headers.names.first { suggestion(for: $0.value.lowercased(), among: [first.lowercased()]) != nil }
      var diagnostic = Diagnostic(
        missingHeader, "\(api.name) needs the header '\(first)'",
        at: near?.range ?? target.action.fields.entry("headers")?.key.range ?? target.addressKey
      )
      .upstream("sends the request, and the provider answers with an error")
      if let near {
        diagnostic = diagnostic.help("did you mean '\(first)'?")
          .fix("rename it to '\(first)'", .suggested, replace: near.range, with: first)
      }
      diagnostics.emit(diagnostic)
    }
  }

  private static func checkContentType(
    _ headers: RequestHeaders, _ api: APIDescription, _ target: ActionTarget, into diagnostics: inout Diagnostics
  ) {
    guard let body = target.action.fields.entry("body") else { return }
    let forms = ["json": "application/json", "multipart": "multipart/form-data"]
    let wanted = api.bodies.compactMap { forms[$0] }
    guard let first = wanted.first else { return }
    guard let header = headers["content-type"] else {
      guard api.bodies == ["multipart"] else { return }
      diagnostics.emit(
        Diagnostic(wrongContentType, "\(api.name) reads \(first), which no header asks for", at: body.key.range)
          .help("add 'Content-Type: \(first)' to the headers")
          .upstream("sends a form without files, and the provider answers with an error"))
      return
    }
    guard let text = header.constantText else { return }
    let given = text.prefix { $0 != ";" }.lowercased().trimmingBlanks
    guard [forms["json"], forms["multipart"], "application/x-www-form-urlencoded", "text/plain"].contains(given),
      !wanted.contains(given)
    else { return }
    diagnostics.emit(
      Diagnostic(
        wrongContentType, "\(api.name) reads \(wanted.joined(separator: " or ")), not \(given)", at: header.range
      )
      .upstream("sends it in that form, and the provider answers with an error")
      .fix("write '\(first)'", .suggested, replace: header.range, with: first))
  }
}

/// The headers that a request surely has: the component's and the action's.
struct RequestHeaders {
  private let entries: [TemplateEntry]

  /// `nil` when they are not written as a mapping, or an operator makes them.
  init?(_ target: ActionTarget) {
    var entries: [TemplateEntry] = []
    for headers in [target.component.fields["headers"], target.action.fields["headers"]] {
      guard let headers else { continue }
      guard case .object(let written) = headers.content, !hasOperator(written) else { return nil }
      entries += written
    }
    self.entries = entries
  }

  var names: [Located<String>] { entries.map(\.key) }

  /// The value of a header; case does not matter.
  subscript(name: String) -> Template? {
    entries.last { $0.key.value.lowercased() == name.lowercased() }?.value
  }
}

extension ActionTarget {
  /// Where the address is written, for findings about what is missing.
  var addressKey: SourceRange {
    let fields = action.fields
    return (fields.entry("endpoint") ?? fields.entry("path") ?? component.fields.entry("base_url"))?.key.range
      ?? action.range
  }
}
