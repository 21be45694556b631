package import ComposeBasic

/// The kinds of findings about the form of an expression.
extension DiagnosticCode {
  /// Text behind `${` that cannot be read.
  package static let expressionSyntax = DiagnosticCode(
    "expression-syntax", .error, "Text behind '${' that is not an expression",
    explanation: """
      An expression is a reference to a value, and then, in this order, a conversion, a default and annotations:

          ${input.rate as number | 0.7 @(description How bold the answer is)}

      A reference is a root and a path of keys, indexes, slices and '[*]'. There are no operators, functions or quoted
      keys. Text which does not have this form would be sent on as it is written, dollar sign and braces included, and
      nothing would tell. It is refused instead.
      """
        + bodyExamples(
          bad: """
            model: ${input["model"] || gpt-4o}
            note: ${input.note @(required)}
            first: ${input.items[0].title.upper()}
            """,
          good: """
            model: ${input.model | gpt-4o}
            note: ${input.note @(description What to write about)}
            first: ${input.items[0].title}
            """))

  /// Text that has the form of an expression in another template language.
  package static let notAnExpression = DiagnosticCode(
    "not-an-expression", .warning, "Text that looks like an expression of another template language",
    explanation: """
      Only '${…}' is replaced by a value. Other forms, such as double braces, are plain text and are sent on as they
      are. The warning is given only when the text names a root of this language, such as 'input' or 'jobs'.
      """
        + bodyExamples(
          bad: """
            prompt: "Summarize {{ input.text }} for $(input.reader)"
            """,
          good: """
            prompt: "Summarize ${input.text} for ${input.reader}"
            """))

  /// A default wholly in quotes.
  package static let quotedDefault = DiagnosticCode(
    "quoted-default", .warning, "Quotes that become a part of a default",
    explanation: """
      A default is everything from '|' to the closing brace. Quotes have no meaning there: they become the first and
      the last character of the value. Only the default of an environment variable may be quoted, because it is put
      into the file before the YAML is read.
      """
        + bodyExamples(
          bad: """
            model: ${input.model | "gpt-4o"}
            """,
          good: """
            model: ${input.model | gpt-4o}
            """))
}

/// The findings of the expression parser.
package enum ExpressionSyntaxCodes {
  package static let all: [DiagnosticCode] = [
    .expressionSyntax, .notAnExpression, .quotedDefault, .swallowedDefault, .greedyDefault, .spaceBeforeNested,
    .trailingDefaultSpace, .attemptedEscape, .pathJunk, .loneMinus, .gluedCast, .environmentExpression,
    .filterDefault, .typeBehindDefault,
  ]
}
