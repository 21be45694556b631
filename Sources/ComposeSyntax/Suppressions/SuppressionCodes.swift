package import ComposeBasic

/// The codes of findings about comments that suppress findings.
package enum SuppressionCodes {
  package static let unused = DiagnosticCode(
    "unused-suppression", .warning, "A suppression where nothing is found",
    explanation: """
      `# model-compose: ignore[code] reason` hides findings of that code on its line or, when the comment has a line to
      itself, on the next one. Here there is none: the mistake has been repaired, or the comment stands at another
      place. A suppression that stays for no reason would hide the next mistake.

      ```yaml bad
      component:
        type: http-client
        action: {endpoint: https://api.example.com}  # model-compose: ignore[unknown-key] repaired long ago
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        action: {endpoint: https://api.example.com}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  package static let invalid = DiagnosticCode(
    "invalid-suppression", .warning, "A suppression that suppresses nothing as it is written",
    explanation: """
      A suppression names the codes that it hides: `# model-compose: ignore[code]` or `ignore[code1, code2]`. A reason
      may follow. There is no way to hide everything at once, because that would hide mistakes made later.

      ```yaml bad
      component:
        type: http-client
        action: {endpoint: https://api.example.com}
      workflow: {job: {input: "${input}"}}
      notes: for people  # model-compose: ignore[unknown-ky]
      ```

      ```yaml good
      component:
        type: http-client
        action: {endpoint: https://api.example.com}
      workflow: {job: {input: "${input}"}}
      notes: for people  # model-compose: ignore[unknown-key] read by our deployment
      ```
      """)

  /// Every code of this kind.
  package static let all = [unused, invalid]
}

extension Diagnostic {
  static func misspeltSuppression(_ word: String, at range: SourceRange) -> Diagnostic {
    invalidSuppression("'\(word)' is not 'ignore': nothing is suppressed", at: range)
      .fix("write 'ignore'", .suggested, replace: range, with: "ignore")
  }

  static func suppressionWithoutColon(at range: SourceRange) -> Diagnostic {
    invalidSuppression("':' is missing behind 'model-compose': nothing is suppressed", at: range)
      .fix("insert ':'", .suggested, replace: range, with: ":")
  }

  static func suppressionWithoutCodes(at range: SourceRange) -> Diagnostic {
    invalidSuppression("the suppression names no code: nothing is suppressed", at: range)
      .help("write 'ignore[code]' with the code of the finding")
  }

  static func unclosedSuppression(at range: SourceRange) -> Diagnostic {
    invalidSuppression("'[' is not closed: nothing is suppressed", at: range)
      .help("write 'ignore[code]'")
  }

  /// A code that no finding has.
  package static func unknownSuppression(_ code: Located<String>, meant: String?) -> Diagnostic {
    let diagnostic = invalidSuppression("there is no code '\(code.value)': nothing is suppressed", at: code.range)
    guard let meant else { return diagnostic.help("'model-compose explain' lists all codes") }
    return diagnostic.help("did you mean '\(meant)'?")
      .fix("write '\(meant)'", .suggested, replace: code.range, with: meant)
  }

  /// - Parameter code: the one code of several that is not needed, or `nil` for the whole comment.
  package static func unusedSuppression(_ suppression: Suppression, code index: Int?) -> Diagnostic {
    guard let index, suppression.codes.count > 1 else {
      let codes = suppression.codes.map { "'\($0.value)'" }.joined(separator: " or ")
      return Diagnostic(
        SuppressionCodes.unused, "nothing is suppressed here: line \(suppression.targetLine) has no \(codes)",
        at: suppression.directive
      )
      .fix("remove the comment", .safe, replace: suppression.removal, with: "")
    }
    let code = suppression.codes[index]
    return Diagnostic(
      SuppressionCodes.unused, "line \(suppression.targetLine) has no '\(code.value)' to suppress", at: code.range
    )
    .fix("remove the code", .safe, replace: suppression.removal(ofCode: index), with: "")
  }

  private static func invalidSuppression(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(SuppressionCodes.invalid, message, at: range)
  }
}
