package import ComposeBasic

/// The kinds of findings about text that the reference reads in another way than it is meant.
extension DiagnosticCode {
  package static let swallowedDefault = DiagnosticCode(
    "swallowed-default", .error, "A default that becomes a part of the name or type before it",
    explanation: """
      Only a path ends at '|'. A root, a type, a subtype and a format end at white space, so that a '|' directly behind
      them belongs to them: 'integer|5' is an unknown type, and there is no default.
      """
        + bodyExamples(
          bad: """
            count: ${input.count as integer|5}
            """,
          good: """
            count: ${input.count as integer | 5}
            """))

  package static let greedyDefault = DiagnosticCode(
    "greedy-default", .error, "A default or annotation that runs past its closing brace",
    explanation: """
      The reference implementation reads a default up to the last closing brace that it can reach on the line, not to
      the one that matches. Text behind the expression is then a part of the default, and it is lost whenever the value
      is there. White space before the next '${', a line break or an annotation end a default for certain.
      """
        + bodyExamples(
          bad: """
            text: "Hello ${input.name | World}! {greeting}"
            """,
          good: """
            text: "Hello ${input.name | World @(description name)}! {greeting}"
            """))

  package static let spaceBeforeNested = DiagnosticCode(
    "space-before-nested", .error, "White space before an expression inside a default",
    explanation: """
      The reference implementation ends a default at white space that stands before '${'. It then finds no closing
      brace, and leaves the outer expression in the text as it is written. An expression at the very beginning of the
      default, or directly behind another character, is read.
      """
        + bodyExamples(
          bad: """
            meta: '${input.meta as json | {"user": ${input.user}}}'
            """,
          good: """
            meta: '${input.meta as json | {"user":${input.user}}}'
            """))

  package static let trailingDefaultSpace = DiagnosticCode(
    "trailing-default-space", .warning, "White space at the end of a default",
    explanation: """
      A default is everything from '|' and the white space behind it to the closing brace. White space before the brace
      is a part of it: 'true ' is not a boolean, and 'gpt-4o ' is no model.
      """
        + bodyExamples(
          bad: """
            model: ${input.model | gpt-4o }
            """,
          good: """
            model: ${input.model | gpt-4o}
            """))

  package static let attemptedEscape = DiagnosticCode(
    "attempted-escape", .warning, "A character that is meant to keep an expression from being replaced",
    explanation: """
      There is no escape: '\\${name}' and '$${name}' are replaced all the same, and the character before them stays in
      the text. Text that must hold '${' can come from an input, because values are never read again. Where the
      character is wanted, such as a dollar sign before an amount, the warning can be suppressed.
      """
        + bodyExamples(
          bad: """
            script: 'echo \\${input.name}'
            """,
          good: """
            script: 'echo ${input.name}'
            """))

  package static let pathJunk = DiagnosticCode(
    "path-junk", .warning, "Characters in a path that are skipped",
    explanation: """
      A path is made of keys (letters, digits, '_' and '-'), indexes, slices and '[*]'. Every other character is passed
      over without a word, so that 'a/b', 'a:b' and 'a["b"]' all mean 'a.b', and 'a.*' means 'a'.
      """
        + bodyExamples(
          bad: """
            name: ${input.user["name"]}
            """,
          good: """
            name: ${input.user.name}
            """))

  package static let loneMinus = DiagnosticCode(
    "lone-minus", .error, "A slice with a minus sign but no number",
    explanation: """
      The bounds of a slice are numbers, and may be left out. A minus sign alone is neither: directly behind a root the
      expression fails, even when it has a default, and in a path the value is always null.
      """
        + bodyExamples(
          bad: """
            last: ${input.items[-:]}
            """,
          good: """
            last: ${input.items[-1:]}
            """))

  package static let gluedCast = DiagnosticCode(
    "glued-cast", .error, "The word 'as' without white space around it",
    explanation: """
      The reference implementation does not need white space around 'as'. So it finds a conversion inside of words when
      the text is not an expression otherwise: 'input.alias name' is the member 'ali' converted to 'name'.
      """
        + bodyExamples(
          bad: """
            count: ${input.count asinteger}
            """,
          good: """
            count: ${input.count as integer}
            """))

  package static let environmentExpression = DiagnosticCode(
    "environment-expression", .error, "An environment value that changes what is an expression",
    explanation: """
      The reference implementation puts the values of the environment into the text before it looks for expressions. A
      value with '${…}' in it is then replaced, a dollar sign makes one of the brace behind it, and a brace can end an
      expression early or late.
      """
        + bodyExamples(
          bad: """
            text: Pay ${env.CURRENCY | $}{input.price} now
            """,
          good: """
            text: Pay ${env.CURRENCY | $} ${input.price} now
            """))
}
