import ComposeBasic

/// The findings about structural operators and comparisons.
enum OperatorCode {
  private static func example(bad: String, good: String) -> String {
    ExampleFile.pair(bad: ExampleFile(output: bad), good: ExampleFile(output: good))
  }

  private static func condition(_ condition: String) -> String {
    "{\"?\": {\(condition), if_true: long, if_false: short}}"
  }

  static let invalidOperator = DiagnosticCode(
    "invalid-operator", .error, "An operator that cannot work",
    explanation: """
      Objects with the keys `*`, `?`, `+`, `&`, `|` and `...` say how a value is made of others. This one lacks what it
      needs, or goes through a value that is no list and no stream. The reference fails when it runs, or gives an empty
      list, silently.

      \(example(
        bad: "{\"*\": {\"+\": [\"${response.choices}\"]}, text: \"${item.message.content}\"}",
        good: "{\"*\": {input: {\"+\": [\"${response.choices}\"]}}, text: \"${item.message.content}\"}"))
      """)

  static let impossibleComparison = DiagnosticCode(
    "impossible-comparison", .error, "A comparison that always fails",
    explanation: """
      The kinds of both values are known, and the operator cannot compare them. Numbers are not compared with texts, and
      only texts begin or end with something.

      \(example(
        bad: condition("input: \"${response.usage.total_tokens}\", operator: gt, value: \"90\""),
        good: condition("input: \"${response.usage.total_tokens}\", operator: gt, value: 90")))
      """)

  static let invalidPattern = DiagnosticCode(
    "invalid-pattern", .error, "A regular expression that cannot be read",
    explanation: """
      The pattern of `match` is a regular expression, and this one is malformed or uses something that is not supported.

      \(example(
        bad: condition("input: \"${response.model}\", operator: match, value: \"gpt-(4\""),
        good: condition("input: \"${response.model}\", operator: match, value: \"gpt-(4|5)\"")))
      """)

  static let suspiciousOperator = DiagnosticCode(
    "suspicious-operator", .warning, "An operator that does something else than it seems to",
    explanation: """
      A comparison that is never true, a key that an operator does not read, a condition that is never looked at, or an
      operator beside other keys, where it is an ordinary key.

      \(example(
        bad: condition("input: \"${response.usage.total_tokens}\", value: \"90\""),
        good: condition("input: \"${response.usage.total_tokens}\", value: 90")))
      """)

  /// Every code of this file.
  static let codes = [invalidOperator, impossibleComparison, invalidPattern, suspiciousOperator]
}
