import ComposeBasic
import ComposeSyntax

/// A scalar without quotes, and what YAML 1.1 makes of it.
struct PlainScalar {
  let scalar: YAMLScalar
  let range: SourceRange
  /// The key that it belongs to; empty when there is none.
  let key: String

  init(_ scalar: YAMLScalar, at range: SourceRange, key: String) {
    self.scalar = scalar
    self.range = range
    self.key = key
  }

  /// What is said about it, if it probably means something else.
  var finding: Diagnostic? {
    let text = scalar.text
    switch scalar.value {
    case .boolean(let value):
      guard ["yes", "no", "on", "off"].contains(text.lowercased()) else { return nil }
      return quoting(
        Self.boolean, "unquoted, '\(text)' is the boolean \(value), not a text", "uses the boolean \(value)"
      )
      .fix("write \(value)", .suggested, replace: range, with: "\(value)")
    case .integer(let number):
      if text.contains(":") { return base60(String(number)) }
      guard NumberRule.isOctal(scalar) else { return nil }
      return quoting(
        NumberRule.leadingZero, "'\(text)' has a leading zero: in YAML 1.1 it is the octal number \(number)",
        "uses the number \(number)")
    case .number(let number):
      if text.contains(":") { return base60("\(number)") }
      return shortened(number)
    case .timestamp:
      return quoting(Self.date, "unquoted, '\(text)' is a date, not a text", "uses a date, which no JSON body can hold")
    case .text: return exponent
    case .null, .bigInteger: return nil
    }
  }

  private func quoting(_ code: DiagnosticCode, _ message: String, _ upstream: String) -> Diagnostic {
    Diagnostic(code, message, at: range)
      .help("quote it if it is a text")
      .upstream(upstream)
      .fix("quote it", .suggested, replace: range, with: "\"\(scalar.text)\"")
  }

  private func base60(_ number: String) -> Diagnostic {
    quoting(
      Self.base60, "unquoted, '\(scalar.text)' is the number \(number) to the base 60", "uses the number \(number)")
  }

  /// A version such as `1.10` loses its last zero.
  private func shortened(_ number: Double) -> Diagnostic? {
    let text = scalar.text
    let name = key.lowercased()
    let isVersion =
      ["version", "revision", "release"].contains(where: name.contains) || name == "model" || name == "tag"
    guard isVersion, text.hasSuffix("0"), text.contains("."), text.allSatisfy({ ("0"..."9").contains($0) || $0 == "." })
    else { return nil }
    return quoting(Self.shortened, "unquoted, '\(text)' is the number \(number)", "uses the number \(number)")
  }

  /// `1e3` has no point, so that it is no number in YAML 1.1.
  private var exponent: Diagnostic? {
    guard let start = scalar.text.utf8.first, start == UInt8(ascii: "-") || start.isDigit else { return nil }
    let parts = scalar.text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts[0].first, ("0"..."9").contains(first) || first == "-",
      Double(String(parts[0])) != nil, Int(parts[1]) != nil, let number = Double(scalar.text)
    else { return nil }
    let replacement = Int(exactly: number).map(String.init) ?? "\(number)"
    // A small number is written with an exponent again.
    guard !replacement.contains("e") || replacement.contains(".") else { return nil }
    return Diagnostic(
      Self.exponent, "'\(scalar.text)' is a text: in YAML 1.1 a number with an exponent has a point and a sign",
      at: range
    )
    .help("write \(replacement)")
    .upstream("uses the text")
    .fix("write \(replacement)", .suggested, replace: range, with: replacement)
  }
}

// MARK: Codes

extension PlainScalar {
  static let codes = [boolean, base60, date, shortened, exponent]

  private static func example(_ field: String) -> String {
    """
    component:
      type: http-client
      action: {endpoint: https://api.example.com, body: {\(field)}}
    workflow: {job: {input: "${input}"}}
    """
  }

  private static func code(_ id: String, _ summary: String, _ text: String, _ bad: String, _ good: String)
    -> DiagnosticCode
  {
    DiagnosticCode(
      id, .warning, summary,
      explanation: "\(text)\n\n```yaml bad\n\(example(bad))\n```\n\n```yaml good\n\(example(good))\n```")
  }

  private static let boolean = code(
    "yaml-boolean", "A word that is a boolean",
    "`yes`, `no`, `on` and `off` are booleans in YAML 1.1, also in the reference. Quoted, they are texts.",
    "answer: no", "answer: \"no\"")

  private static let base60 = code(
    "yaml-base-sixty", "A number to the base 60",
    "In YAML 1.1 digits with colons are a number to the base 60: `22:22` is 1342. Quoted, it is a text.",
    "at: 22:22", "at: \"22:22\"")

  private static let date = code(
    "yaml-date", "A date where a text may be meant",
    "An unquoted date is a value of its own in YAML 1.1. JSON has no dates: quoted, it is a text.",
    "since: 2024-01-31", "since: \"2024-01-31\"")

  private static let shortened = code(
    "yaml-version", "A version that is a number",
    "`1.10` is the number 1.1. A version is a text: quote it.",
    "api_version: 1.10", "api_version: \"1.10\"")

  private static let exponent = code(
    "yaml-exponent", "A number with an exponent that is a text",
    "In YAML 1.1 a number with an exponent needs a point and a sign. `1e3` is a text.",
    "limit: 1e3", "limit: 1000")
}
