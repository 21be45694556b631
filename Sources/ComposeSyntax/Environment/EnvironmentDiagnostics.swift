package import ComposeBasic

/// The codes of findings about `${env.NAME}`.
package enum EnvironmentCodes {
  package static let unset = DiagnosticCode(
    "unset-environment-variable", .warning, "An environment variable has no value and no default",
    explanation: """
      The file cannot run until the variable is set: in `.env`, in the process environment or with `-e NAME=value`.
      The reference implementation refuses such a file in every command. A default makes the file complete by itself.

      ```yaml bad
      controller:
        adapter:
          type: http-server
          port: ${env.PORT}  # nothing sets PORT
      ```

      ```yaml good
      controller:
        adapter:
          type: http-server
          port: ${env.PORT | 8080}
      ```
      """)

  package static let invalidCast = DiagnosticCode(
    "invalid-environment-cast", .error, "An environment value cannot be converted as asked",
    explanation: """
      `as integer`, `as number`, `as boolean` and `as string` are the only conversions, and the value (or the default)
      must have that form. A boolean is `true`, `1`, `false` or `0`.

      ```yaml bad
      controller:
        threaded: ${env.THREADED as boolean | yes}
        adapter:
          type: http-server
          port: ${env.PORT as int | 8080}
      ```

      ```yaml good
      controller:
        threaded: ${env.THREADED as boolean | true}
        adapter:
          type: http-server
          port: ${env.PORT as integer | 8080}
      ```
      """)

  package static let changesStructure = DiagnosticCode(
    "environment-changes-structure", .error, "An environment value would change the structure of the document",
    explanation: """
      The reference implementation puts the value into the text before YAML is read. A value with `: `, ` #`, a quote
      or a line break then ends the text early or breaks the file. `as string` quotes the value.

      ```yaml bad
      controller:
        name: ${env.NAME | Role: assistant}
      ```

      ```yaml good
      controller:
        name: ${env.NAME as string | Role: assistant}
      ```
      """)

  package static let shellDefault = DiagnosticCode(
    "shell-style-default", .error, "A default is written as in a shell",
    explanation: """
      `:-` is part of the variable's name here. A default stands behind `|`.

      ```yaml bad
      controller:
        adapter:
          type: http-server
          port: ${env.PORT:-8080}
      ```

      ```yaml good
      controller:
        adapter:
          type: http-server
          port: ${env.PORT | 8080}
      ```
      """)

  package static let nestedDefault = DiagnosticCode(
    "nested-environment-default", .error, "A default contains another expression",
    explanation: """
      A default ends at the first `}`. With the first variable set, the second `}` stays in the text; otherwise the rest
      of the inner expression does.

      ```yaml bad
      controller:
        name: ${env.NAME | ${env.OTHER_NAME | chat}}
      ```

      ```yaml good
      controller:
        name: ${env.NAME | chat}
      ```
      """)

  /// Every code of this kind.
  package static let all = [unset, invalidCast, changesStructure, shellDefault, nestedDefault, commented]
}

extension Diagnostic {
  /// What is wrong with a reference by itself.
  static func environmentProblem(_ problem: ResolvedReference.Problem, _ reference: EnvironmentReference) -> Diagnostic
  {
    let name = reference.name
    switch problem {
    case .unset:
      return Diagnostic(
        EnvironmentCodes.unset, "environment variable '\(name)' is not set and has no default", at: reference.range
      )
      .upstream("the whole file is refused")
    case .unknownCast(let cast, let range):
      let diagnostic = Diagnostic(EnvironmentCodes.invalidCast, "unknown cast '\(cast)'", at: range)
        .help("use 'integer', 'number', 'boolean' or 'string'")
        .upstream("the whole file is refused")
      guard let meant = EnvironmentCast.meant(by: cast) else { return diagnostic }
      return diagnostic.fix("use '\(meant.rawValue)'", .suggested, replace: range, with: meant.rawValue)
    case .castFailed(let cast, let origin):
      return Diagnostic(
        EnvironmentCodes.invalidCast, "\(subject(name, origin)) is not \(cast.phrase)", at: reference.range
      )
      .help(cast == .boolean ? "a boolean is 'true', '1', 'false' or '0'" : nil)
      .upstream("the whole file is refused")
    case .shellDefault(let shellName, let value):
      let repaired = value.map { "${env.\(shellName) | \($0)}" } ?? "${env.\(shellName)}"
      let mark = value == nil ? ":?" : ":-"
      return Diagnostic(
        EnvironmentCodes.shellDefault, "shell-style default '\(mark)' is taken as part of the variable's name",
        at: reference.range
      )
      .help("write \(repaired)")
      .upstream("the whole file is refused, because '\(name)' is not set")
      .fix(
        value == nil ? "remove it" : "write the default behind '|'", .suggested, replace: reference.range,
        with: repaired)
    }
  }

  /// A value that text substitution would have let loose on the document.
  static func environmentChange(
    _ change: StructureChange, _ resolved: ResolvedReference, style: YAMLScalar.Style, isWhole: Bool
  ) -> Diagnostic {
    let reference = resolved.reference
    if case .nestedDefault = change {
      return Diagnostic(
        EnvironmentCodes.nestedDefault,
        "the default of environment variable '\(reference.name)' contains '${', and a default ends at the first '}'",
        at: reference.range
      )
      .help("use a plain text as the default")
    }
    let diagnostic = Diagnostic(
      EnvironmentCodes.changesStructure,
      "\(subject(reference.name, reference.origin)) changes the structure of the document: "
        + change.reason(isSecret: reference.isSecret),
      at: reference.range
    )
    .upstream("the value is put into the text before YAML is read")
    if case .expression = change { return diagnostic }
    if style == .plain, isWhole, resolved.syntax.castRange == nil {
      let end = resolved.syntax.nameRange.upperBound
      return
        diagnostic
        .help("add 'as string' so that the value is quoted")
        .fix(
          "add 'as string'", .suggested,
          replace: SourceRange(file: reference.range.file, start: end, end: end), with: " as string")
    }
    return diagnostic.help("let the reference be the whole value, unquoted and with 'as string'")
  }
}

private func subject(_ name: String, _ origin: String?) -> String {
  guard let origin, origin != "default" else { return "the default of environment variable '\(name)'" }
  return "environment variable '\(name)' (\(origin))"
}

extension StructureChange {
  fileprivate func reason(isSecret: Bool) -> String {
    switch self {
    case .lineBreak: "it contains a line break"
    case .colon: "it puts ': ' into an unquoted text"
    case .comment: "it puts ' #' into an unquoted text, which starts a comment"
    case .indicator(let character):
      isSecret
        ? "its first character has a meaning in YAML" : "it starts with '\(character)', which has a meaning in YAML"
    case .flowIndicator(let character):
      isSecret ? "it contains a bracket or comma" : "it contains '\(character)' inside a list or mapping in brackets"
    case .quote(let character): "it contains \(character), which ends the quoted text"
    case .backslash: "it contains a backslash, which starts an escape"
    case .quotesInQuotes: "'as string' adds quotes, and the text has quotes already"
    case .expression: "it contains '${', which is rendered as an expression"
    case .nestedDefault: "its default contains '${'"
    }
  }
}
