import ComposeBasic
import ComposeSyntax

/// Flags that are texts: a text that is not empty counts as true.
enum FlagRule: FieldRule {
  private static let code = DiagnosticCode(
    "quoted-boolean", .error, "A flag that is off in words and on in fact",
    explanation: """
      The field takes a boolean or a text, because it may be an expression. The reference keeps the text `"false"`, and
      every text that is not empty counts as true.

      ```yaml bad
      component: {type: shell, action: {command: [date], streaming: "false"}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component: {type: shell, action: {command: [date], streaming: false}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard ["streaming", "bulk"].contains(visit.name) || visit.name.hasPrefix("return_"),
      visit.owner == .action || visit.owner == .section(.listener),
      case .text(let text)? = visit.literal?.value,
      ["false", "no", "off", "0", "n", "f"].contains(text.lowercased())
    else { return }
    findings.emit(
      Diagnostic(
        code, "'\(text)' is a text that is not empty: '\(visit.name)' counts as true", at: visit.value.range
      )
      .help("write false without quotes")
      .upstream("takes it for true")
      .fix("write false", .suggested, replace: visit.value.range, with: "false"))
  }
}
