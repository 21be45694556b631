import ComposeBasic
import ComposeSyntax

/// A closing brace directly behind an expression that nothing opened.
enum StrayBrace {
  static let code = DiagnosticCode(
    "stray-brace", .warning, "A closing brace too many behind an expression",
    explanation: """
      The expression ends at its first closing brace, and the second one is text. It is sent on, and the value is text
      whatever its type was.

      \(ExampleFile.pair(
        bad: ExampleFile(body: ["user: ${input.user}}"]), good: ExampleFile(body: ["user: ${input.user}"])))
      """)

  /// The findings in one text. Braces that an earlier part of the text opened, as in JSON, belong to the text; behind a
  /// default or an annotation, where it ends is the question.
  static func findings(in text: TemplateText) -> [Diagnostic] {
    var depth = 0
    var isBehindExpression = false
    var findings: [Diagnostic] = []
    for part in text.parts {
      guard case .text(let piece) = part else {
        if case .expression(let expression) = part {
          if expression.fallback != nil || !expression.annotations.isEmpty { return findings }
          isBehindExpression = expression.spelling == .braces
        }
        continue
      }
      if isBehindExpression, piece.value.hasPrefix("}"), depth == 0 {
        let start = Int(piece.range.start)
        let range = SourceRange(file: piece.range.file, start: start, end: start + 1)
        findings.append(
          Diagnostic(code, "the expression is closed already: this brace is text", at: range)
            .upstream("adds it to the text")
            .fix("remove the brace", .suggested, replace: range, with: ""))
      }
      for character in piece.value.unicodeScalars {
        if character == "{" { depth += 1 } else if character == "}" { depth = max(0, depth - 1) }
      }
      isBehindExpression = false
    }
    return findings
  }
}
