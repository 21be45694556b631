import ComposeBasic
import ComposeSyntax

/// Conditions of polling that no status of a reply can fulfil.
enum StatusRule: FieldRule {
  private static func example(_ status: String) -> String {
    """
    component:
      type: http-client
      base_url: https://api.example.com
      action:
        path: /jobs
        completion: {type: polling, path: "/jobs/${response.id}", success_when: \(status)}
    workflow: {job: {input: "${input}"}}
    """
  }

  private static let code = DiagnosticCode(
    "invalid-status", .error, "A status that no reply can have",
    explanation: """
      Without `status`, polling compares the status code of each reply: a number from 100 to 599, or a class such as
      `2xx`. Another text never matches, and the reference polls until the time is over.

      ```yaml bad
      \(example("done"))
      ```

      ```yaml good
      \(example("200"))
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.owner == .action, visit.path.last == "completion",
      ["success_when", "fail_when"].contains(visit.name),
      visit.mapping.entry("type")?.value.scalar?.text == "polling",
      visit.mapping.entry("status").map(\.value.isNull) ?? true,
      !(visit.mapping.mapping ?? []).contains(where: { suggestion(for: $0.name ?? "", among: ["status"]) != nil })
    else { return }
    for node in visit.value.sequence ?? [visit.value] {
      guard let scalar = node.scalar, !scalar.isUnknown, !scalar.text.contains("${") else { continue }
      let text = scalar.text
      switch scalar.value {
      case .integer(let number) where !(100...599).contains(number): break
      case .text where !isMatchable(text): break
      default: continue
      }
      var diagnostic = Diagnostic(code, "no reply has the status '\(text)'", at: node.range)
        .help("write status codes, such as 200 or 2xx, or say with 'status' what is compared")
        .upstream("never finds it, and polls until the time is over")
      if isMatchable(text.lowercased()) {
        diagnostic = diagnostic.fix(
          "write \(text.lowercased())", .suggested, replace: node.range, with: text.lowercased())
      }
      findings.emit(diagnostic)
    }
  }

  /// A number from 100 to 599, maybe with `x` for its last digits.
  private static func isMatchable(_ text: String) -> Bool {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard let first = digits.first, ("1"..."5").contains(first) else { return false }
    return text.count == 3 && text.dropFirst(digits.count).allSatisfy { $0 == "x" }
  }
}
