package import ComposeBasic

/// The findings of the declaration parser.
package enum DeclarationCodes {
  package static let emptyFile = DiagnosticCode(
    "empty-file", .error, "A file without content",
    explanation: """
      The file has no workflow and no component: there is nothing to check or run. A file that holds only comments
      counts as empty.

      ```yaml bad
      # model-compose.yml
      ```

      ```yaml good
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  package static let wrongKind = DiagnosticCode(
    "wrong-kind", .error, "A value of the wrong kind",
    explanation: """
      A mapping, a list or a scalar stands where the language wants another of the three.

      ```yaml bad
      controller: http-server
      ```

      ```yaml good
      controller:
        adapter:
          type: http-server
      ```
      """)

  package static let ignoredKey = DiagnosticCode(
    "ignored-key", .error, "A singular key beside its plural",
    explanation: """
      `component:` is short for `components:` with one entry. When both are written, the reference takes the plural and
      drops the singular without a word.

      ```yaml bad
      component: {id: news, type: http-client}
      components:
        - {id: weather, type: http-client}
      ```

      ```yaml good
      components:
        - {id: news, type: http-client}
        - {id: weather, type: http-client}
      ```
      """)

  package static let emptyDeclaration = DiagnosticCode(
    "empty-declaration", .error, "A declaration without content",
    explanation: """
      An empty `workflow:`, `job:` or `action:` is treated as if it were not there, and an empty `component:` stops the
      reference. Other empty sections are a warning: nothing is lost with them.

      ```yaml bad
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        job: {}
      ```

      ```yaml good
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        job:
          input: ${input}
      ```
      """)

  package static let legacySyntax = DiagnosticCode(
    "legacy-syntax", .warning, "A spelling of an earlier version",
    explanation: """
      The spelling keeps the meaning that it had, but the reference of today refuses it or ignores it.

      ```yaml bad
      controller:
        type: http-server
        port: 8080
      ```

      ```yaml good
      controller:
        adapter:
          type: http-server
          port: 8080
      ```
      """)

  /// Every code of this file.
  package static let all = [emptyFile, wrongKind, ignoredKey, emptyDeclaration, legacySyntax]
}

extension Diagnostic {
  static func emptyFile(_ source: SourceFile) -> Diagnostic {
    Diagnostic(
      DeclarationCodes.emptyFile, "the file is empty: no workflow and no component", at: source.range.startPoint
    )
    .help("a file needs at least a 'workflow' and a 'component'")
    .upstream("stops with a Python error")
  }

  static func rootNotMapping(_ node: YAMLNode) -> Diagnostic {
    let kind = node.sequence != nil ? "a list" : "a single value"
    return Diagnostic(
      DeclarationCodes.wrongKind, "the top level must be a mapping, not \(kind)", at: node.range.startPoint
    )
    .help("begin with keys such as 'workflow:' and 'component:'")
    .upstream("stops with a Python error")
  }

  static func notMapping(_ node: YAMLNode, what: String) -> Diagnostic {
    Diagnostic(DeclarationCodes.wrongKind, "\(article(what)) must be a mapping", at: node.range)
  }

  static func notList(_ entry: YAMLEntry, singular: String, plural: String) -> Diagnostic {
    guard !entry.value.isNull else {
      return Diagnostic(DeclarationCodes.emptyDeclaration, "'\(plural)' is empty", at: entry.key.range)
        .help("list at least one \(singular), or remove the key")
    }
    return Diagnostic(DeclarationCodes.wrongKind, "'\(plural)' must be a list", at: entry.value.range)
      .help("write '- ' before each \(singular)")
  }

  static func listInsteadOfOne(_ entry: YAMLEntry, singular: String, plural: String) -> Diagnostic {
    Diagnostic(DeclarationCodes.wrongKind, "'\(singular)' takes one \(singular), not a list", at: entry.key.range)
      .help("use '\(plural)' for a list")
      .fix("rename the key to '\(plural)'", .safe, replace: entry.key.range, with: plural)
  }

  static func mappingInsteadOfList(_ entry: YAMLEntry, singular: String, plural: String) -> Diagnostic {
    let place = entry.value.mapping?.first?.key.range ?? entry.key.range
    return Diagnostic(DeclarationCodes.legacySyntax, "'\(plural)' is a list today, not a mapping by id", at: place)
      .help("write each \(singular) as '- id: \(entry.value.mapping?.first?.name ?? "name")'")
      .upstream("refuses the file")
  }

  static func singularIgnored(
    _ entry: YAMLEntry, singular: String, plural: String, other: YAMLEntry
  ) -> Diagnostic {
    Diagnostic(
      DeclarationCodes.ignoredKey, "both '\(singular)' and '\(plural)' are given: '\(singular)' is ignored",
      at: entry.key.range
    )
    .note("the other one is here", at: other.key.range)
    .help("move the \(singular) into the list under '\(plural)'")
    .upstream("drops '\(singular)' without a word")
  }

  static func emptyDeclaration(_ entry: YAMLEntry) -> Diagnostic {
    let name = entry.name ?? ""
    var diagnostic = Diagnostic(DeclarationCodes.emptyDeclaration, "'\(name)' is empty", at: entry.key.range)
    // Without one of the others the file means what it says.
    if !["workflow", "component", "job", "action"].contains(name) { diagnostic.severity = .warning }
    return diagnostic.help("give it content, or remove the key")
      .upstream(name == "component" ? "stops with a Python error" : "treats it as absent")
  }

  static func dependsOnNotList(_ node: YAMLNode) -> Diagnostic {
    let diagnostic = Diagnostic(DeclarationCodes.wrongKind, "'depends_on' must be a list", at: node.range)
    guard let scalar = node.scalar else { return diagnostic }
    return diagnostic.fix("make it a list", .safe, replace: node.range, with: "[\(scalar.text)]")
  }

  static func emptyDependencyGroup(_ node: YAMLNode) -> Diagnostic {
    Diagnostic(DeclarationCodes.emptyDeclaration, "empty group in 'depends_on'", at: node.range)
      .help("a group names the jobs of which one must finish")
  }

  static func legacyForm(
    _ message: String, at range: SourceRange, help: String, upstream: String, edits: [Diagnostic.Fix.Edit]?
  ) -> Diagnostic {
    var diagnostic = Diagnostic(DeclarationCodes.legacySyntax, message, at: range).help(help).upstream(upstream)
    if let edits { diagnostic.fixes.append(Diagnostic.Fix(help, .safe, edits)) }
    return diagnostic
  }

  package static func legacySpelling(
    _ message: String, at range: SourceRange, replacement: String, upstream: String
  ) -> Diagnostic {
    Diagnostic(DeclarationCodes.legacySyntax, message, at: range)
      .help("write '\(replacement)'")
      .upstream(upstream)
      .fix("write '\(replacement)'", .safe, replace: range, with: replacement)
  }

  private static func article(_ noun: String) -> String {
    ("aeiou".contains(noun.first ?? "x") ? "an " : "a ") + noun
  }
}
