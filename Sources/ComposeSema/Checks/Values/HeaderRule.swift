import ComposeBasic
import ComposeSyntax

/// Header fields that cannot be sent.
enum HeaderRule: FieldRule {
  private static let code = DiagnosticCode(
    "invalid-header", .error, "A header field that cannot be sent",
    explanation: """
      The name of a header field has no blanks, colons or other separators, and its value is one line (RFC 9110). A text
      written with `|` ends with a line break. The reference fails when it sends the request, or sends a broken one.

      ```yaml bad
      component:
        type: http-client
        action: {endpoint: https://api.example.com, headers: {"X Trace": "on"}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        action: {endpoint: https://api.example.com, headers: {X-Trace: "on"}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.name == "headers", visit.owner == .component || visit.owner == .action else { return }
    for member in visit.value.mapping ?? [] {
      guard let name = member.name, name != "<<" else { continue }
      if !HeaderText.isName(name), !name.contains("${") { findings.emit(invalid(name, member.key)) }
      guard let scalar = member.value.scalar, let offset = HeaderText.forbiddenOffset(in: scalar.text) else { continue }
      // The line breaks of a secret with several lines are not in the file.
      let range = scalar.environment.isEmpty ? scalar.map.range(offset..<offset + 1) : member.value.range
      let isAtEnd = offset == scalar.text.utf8.count - 1
      findings.emit(
        Diagnostic(code, "the value of '\(name)' has a line break", at: isAtEnd ? member.value.range : range)
          .help(isAtEnd ? "write the text on the line of the key, or use '>-'" : "a header value is one line")
          .upstream("fails when it sends the request"))
    }
  }

  private static func invalid(_ name: String, _ key: YAMLNode) -> Diagnostic {
    let diagnostic = Diagnostic(code, "'\(name)' is no name of a header field", at: key.range)
      .upstream("sends a broken request")
    let trimmed = name.trimmingBlanks
    let repaired = String((trimmed.hasSuffix(":") ? String(trimmed.dropLast()) : trimmed).map { $0 == " " ? "-" : $0 })
    guard HeaderText.isName(repaired) else { return diagnostic.help("use letters, digits and '-'") }
    return diagnostic.help("write \(repaired)")
      .fix("write '\(repaired)'", .suggested, replace: key.range, with: repaired)
  }
}
