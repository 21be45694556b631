import ComposeBasic
import ComposeSyntax

/// Numbers that are written in a way that YAML, or only the field, reads otherwise.
enum NumberRule: FieldRule {
  private static func pair(_ bad: String, _ good: String) -> String {
    func file(_ port: String) -> String {
      """
      controller: {adapter: {type: http-server, port: \(port)}}
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      """
    }
    return "```yaml bad\n\(file(bad))\n```\n\n```yaml good\n\(file(good))\n```"
  }

  private static let quoted = DiagnosticCode(
    "quoted-number", .warning, "A number in quotes",
    explanation: """
      The field takes a number. The reference reads one from the text; other tools and schemas do not.

      \(pair("\"8080\"", "8080"))
      """)

  static let leadingZero = DiagnosticCode(
    "leading-zero", .warning, "A number with a leading zero",
    explanation: """
      In YAML 1.1 a number with a leading zero is octal: `010` is 8. `08080` has a digit that octal numbers do not have,
      so it is text, from which the field then reads a decimal number.

      \(pair("08080", "8080"))
      """)

  static let codes = [quoted, leadingZero]

  /// Fields that take an integer and nothing else.
  private static let integers: Set<String> = [
    "buffer_size", "burst", "container_port", "database", "grpc_port", "host_port", "max_attempt_count",
    "max_concurrent_count", "max_iteration_count", "max_run_count", "port", "requests",
  ]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard let scalar = visit.literal, scalar.environment.isEmpty, visit.owner != .section(.gateway) else { return }
    let digits = scalar.text
    let range = visit.value.range
    if isOctal(scalar), case .integer(let number) = scalar.value {
      findings.emit(
        Diagnostic(
          leadingZero, "'\(digits)' has a leading zero: in YAML 1.1 it is the octal number \(number)", at: range
        )
        .upstream("takes the octal number \(number)")
        .fix("remove the zero", .suggested, replace: range, with: String(digits.drop { $0 == "0" })))
      return
    }
    guard integers.contains(visit.name), case .text = scalar.value, !digits.isEmpty,
      digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(digits)
    else { return }
    if scalar.style == .plain {
      findings.emit(
        Diagnostic(leadingZero, "'\(digits)' has a leading zero: in YAML 1.1 it is text, not a number", at: range)
          .upstream("reads \(number) from the text")
          .fix("remove the zero", .safe, replace: range, with: String(number)))
    } else {
      findings.emit(
        Diagnostic(quoted, "'\(visit.name)' is in quotes; write it as a number", at: range)
          .upstream("reads the number from the text")
          .fix("remove the quotes", .safe, replace: range, with: String(number)))
    }
  }

  /// Whether a plain integer is octal and so another number than its digits say.
  static func isOctal(_ scalar: YAMLScalar) -> Bool {
    let digits = scalar.text.drop { $0 == "-" || $0 == "+" }
    guard scalar.style == .plain, case .integer(let number) = scalar.value, digits.hasPrefix("0"), digits.count > 1,
      digits.allSatisfy({ ("0"..."7").contains($0) }), let decimal = Int(digits)
    else { return false }
    return decimal != abs(number)
  }
}
