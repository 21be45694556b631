import ComposeBasic
import ComposeSyntax

/// Durations that cannot be read when they are used.
enum DurationRule: FieldRule {
  private static let code = DiagnosticCode(
    "invalid-duration", .error, "A duration that cannot be read, or that is negative",
    explanation: """
      A duration is a number of seconds, or a number with `ms`, `s`, `m`, `h` or `d`. The reference reads the text when
      it is used, and fails only then. It takes `yes` for one second, and a negative duration for none.

      ```yaml bad
      component:
        type: shell
        action: {command: [date], timeout: 5min}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: shell
        action: {command: [date], timeout: 5m}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.field.type.contains(.duration), let scalar = visit.literal, !scalar.text.isEmpty else { return }
    let name = visit.name
    switch scalar.value {
    case .boolean(let value):
      findings.emit(
        Diagnostic(code, "'\(name)' must be a duration, but '\(scalar.text)' is a boolean", at: visit.value.range)
          .help("write seconds, or a number with ms, s, m, h or d: 500ms, 10s, 1.5m")
          .upstream("takes it for \(value ? 1 : 0) seconds"))
    case .integer, .number:
      if scalar.text.hasPrefix("-") { report(negative: scalar, visit, into: &findings) }
    case .text(let text):
      guard let seconds = DurationText(text).seconds else {
        findings.emit(invalid(text, visit))
        return
      }
      if seconds < 0 { report(negative: scalar, visit, into: &findings) }
    case .null, .bigInteger, .timestamp: break
    }
  }

  private static func invalid(_ text: String, _ visit: FieldVisit) -> Diagnostic {
    let diagnostic = Diagnostic(code, "'\(visit.name)' must be a duration, not '\(text)'", at: visit.value.range)
      .upstream("fails when it uses the value")
    guard let repaired = DurationText(text).repaired else {
      return diagnostic.help("write seconds, or a number with ms, s, m, h or d: 500ms, 10s, 1.5m")
    }
    return diagnostic.help("write \(repaired)")
      .fix("write \(repaired)", .suggested, replace: visit.value.range, with: repaired)
  }

  private static func report(negative scalar: YAMLScalar, _ visit: FieldVisit, into findings: inout ValueFindings) {
    guard !signed.contains(visit.name) else { return }
    findings.emit(
      Diagnostic(code, "'\(visit.name)' must not be negative", at: visit.value.range)
        .help("write 0 for none")
        .upstream("takes it for no time at all")
        .fix("remove the sign", .suggested, replace: visit.value.range, with: String(scalar.text.dropFirst())))
  }

  /// Fields that move something in time.
  private static let signed: Set<String> = ["time_offset", "melody_offset", "start_time", "end_time"]
}
