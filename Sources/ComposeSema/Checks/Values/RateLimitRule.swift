import ComposeBasic
import ComposeSyntax

/// Rate limits that the reference refuses when it loads the file.
enum RateLimitRule: FieldRule {
  private static let code = DiagnosticCode(
    "invalid-rate-limit", .error, "A rate limit that cannot be read, or that lets nothing through",
    explanation: """
      A rate limit is a number of requests and a period, as in `10/1s` or `10/s`, or a mapping with `requests`, or with
      `interval` for the least time between two requests. All numbers are above zero.

      ```yaml bad
      component:
        type: http-client
        base_url: https://api.example.com
        rate_limit: 10 per second
        action: {path: /items}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        base_url: https://api.example.com
        rate_limit: 10/1s
        action: {path: /items}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [code]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    if visit.path.last == "rate_limit" {
      checkMember(visit, into: &findings)
      return
    }
    guard visit.field.type.contains(.rate) else { return }
    if visit.value.mapping != nil {
      checkMapping(visit.value, into: &findings)
    } else if case .text(let text)? = visit.literal?.value, let problem = RateLimitText(text).problem {
      findings.emit(invalid(text, problem, at: visit.value.range))
    }
  }

  private static func invalid(_ text: String, _ problem: RateLimitText.Problem, at range: SourceRange) -> Diagnostic {
    let message =
      switch problem {
      case .form: "'\(text)' is no rate limit"
      case .noRequests: "a rate limit of no requests lets nothing through"
      case .noPeriod: "the period of a rate limit must be longer than 0"
      }
    let diagnostic = Diagnostic(code, message, at: range).upstream("refuses the file")
    guard problem == .form, let repaired = RateLimitText(text).repaired else {
      return diagnostic.help("write requests and a period: 10/1s")
    }
    return diagnostic.help("write \(repaired)")
      .fix("write \(repaired)", .suggested, replace: range, with: repaired)
  }

  private static func checkMapping(_ node: YAMLNode, into findings: inout ValueFindings) {
    func isGiven(_ name: String) -> Bool { node.entry(name).map { !$0.value.isNull } ?? false }
    let names = (node.mapping ?? []).compactMap(\.name)
    guard !isGiven("requests"), !names.contains("<<"),
      !names.contains(where: { suggestion(for: $0, among: ["requests", "interval"]) != nil })
    else { return }
    if isGiven("period") || isGiven("burst") || !isGiven("interval") {
      findings.emit(
        Diagnostic(
          code, "a rate limit needs 'requests'" + (isGiven("interval") ? "" : " or 'interval'"), at: node.range
        )
        .help("write requests and a period: 10/1s")
        .upstream("refuses the file"))
    }
  }

  private static func checkMember(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard let scalar = visit.literal else { return }
    let number: Double? =
      switch scalar.value {
      case .integer(let value): Double(value)
      case .number(let value): value
      case .text(let text): DurationText(text).seconds
      default: nil
      }
    guard ["requests", "burst", "period", "interval"].contains(visit.name), let number, number <= 0 else { return }
    findings.emit(
      Diagnostic(code, "'\(visit.name)' must be above 0", at: visit.value.range).upstream("refuses the file"))
  }
}
