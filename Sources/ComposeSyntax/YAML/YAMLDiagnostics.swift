package import ComposeBasic

/// The codes of findings about the YAML text itself.
package enum YAMLCodes {
  package static let syntax = DiagnosticCode(
    "yaml-syntax", .error, "The file is not valid YAML",
    explanation: """
      Nothing behind such a place can be understood, so it is the only finding for the file. Frequent causes are tabs,
      an unclosed quote or bracket, a missing space behind `:`, and `: ` inside an unquoted text.

      ```yaml bad
      controller:
        name: Chat: with GPT-4o
      ```

      ```yaml good
      controller:
        name: "Chat: with GPT-4o"
      ```
      """)

  package static let duplicateKey = DiagnosticCode(
    "duplicate-key", .error, "A mapping has the same key twice",
    explanation: """
      YAML forbids it, but most loaders keep the last value and say nothing.

      ```yaml bad
      controller:
        name: chat
        name: talk
      ```

      ```yaml good
      controller:
        name: talk
      ```
      """)

  package static let multipleDocuments = DiagnosticCode(
    "multiple-documents", .error, "The file holds more than one YAML document",
    explanation: """
      A configuration is one document. Put the second one into a file of its own and name both on the command line.

      ```yaml bad
      controller: {name: chat}
      ---
      controller: {threaded: true}
      ```

      ```yaml good
      controller: {name: chat, threaded: true}
      ```
      """)

  package static let unsupportedTag = DiagnosticCode(
    "unsupported-tag", .error, "A YAML tag is not one of the core types",
    explanation: """
      Only `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!map` and `!!seq` may be written, each for a value of its
      form. Tags of a programming language can run code and are never allowed.

      ```yaml bad
      controller:
        name: !env NAME
      ```

      ```yaml good
      controller:
        name: ${env.NAME | chat}
      ```
      """)

  package static let undefinedAlias = DiagnosticCode(
    "undefined-alias", .error, "An alias has no anchor before it",
    explanation: """
      `*name` repeats the node that was marked with `&name` earlier in the file. A text that starts with `*` needs
      quotes.

      ```yaml bad
      controller:
        name: *name
      ```

      ```yaml good
      controller:
        name: "*name"
      ```
      """)

  package static let aliasExpansion = DiagnosticCode(
    "alias-expansion", .error, "Aliases make the document too large",
    explanation: """
      Aliases of aliases grow without bound. The document is refused before it fills the memory.

      ```yaml bad
      a: &a [x, x, x, x, x, x, x, x, x, x]
      b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
      c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
      d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
      e: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
      ```

      ```yaml good
      a: &a [x, x]
      b: *a
      ```
      """)

  package static let invalidMerge = DiagnosticCode(
    "invalid-merge", .error, "A merge key has something other than a mapping",
    explanation: """
      `<<` takes the entries of a mapping, or of each mapping in a list.

      ```yaml bad
      controller:
        adapter:
          <<: [a, b]
          type: http-server
      ```

      ```yaml good
      controller:
        adapter:
          <<: {port: 8080}
          type: http-server
      ```
      """)

  package static let complexKey = DiagnosticCode(
    "complex-key", .error, "A mapping key is itself a list or mapping",
    explanation: """
      Braces at the start of a value begin a mapping. A text that starts with one needs quotes.

      ```yaml bad
      controller:
        name: {{ name }}
      ```

      ```yaml good
      controller:
        name: "{{ name }}"
      ```
      """)

  package static let deepNesting = DiagnosticCode(
    "deep-nesting", .error, "The document is nested too deeply",
    explanation: """
      More than 256 levels are refused, so that a file cannot exhaust the program.

      ```yaml bad
      a: [[[[[[[[ x ]]]]]]]]  # with hundreds of brackets
      ```

      ```yaml good
      a: [[ x ]]
      ```
      """)

  /// Every code of this kind.
  package static let all = [
    syntax, duplicateKey, multipleDocuments, unsupportedTag, undefinedAlias, aliasExpansion, invalidMerge, complexKey,
    deepNesting,
  ]
}

extension Diagnostic {
  static func yamlError(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(YAMLCodes.syntax, message, at: range)
  }

  static func duplicateKey(_ name: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(YAMLCodes.duplicateKey, "duplicate key '\(name)'", at: range)
      .note("first written here", at: first)
      .upstream("the last one wins silently")
  }

  static func multipleDocuments(at range: SourceRange) -> Diagnostic {
    Diagnostic(YAMLCodes.multipleDocuments, "a second document starts here, and a file may hold only one", at: range)
      .help("put it into a file of its own")
  }

  static func undefinedAlias(_ name: String, isRecursive: Bool, at range: SourceRange) -> Diagnostic {
    guard !isRecursive else {
      return Diagnostic(YAMLCodes.undefinedAlias, "alias '*\(name)' stands inside the node that it repeats", at: range)
    }
    return Diagnostic(YAMLCodes.undefinedAlias, "alias '*\(name)' has no anchor '&\(name)' before it", at: range)
      .help("if '*' is meant as text, put the value in quotes")
  }

  static func aliasExpansion(limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(YAMLCodes.aliasExpansion, "aliases repeat more than \(limit) nodes", at: range)
  }

  static func invalidMerge(_ node: YAMLNode, at range: SourceRange) -> Diagnostic {
    let kind = node.sequence == nil ? "a single value" : "a list of other things"
    return Diagnostic(YAMLCodes.invalidMerge, "'<<' needs a mapping or a list of mappings, this is \(kind)", at: range)
  }

  static func complexKey(at range: SourceRange) -> Diagnostic {
    Diagnostic(YAMLCodes.complexKey, "a key must be a single value, not a list or mapping", at: range)
      .help("if '{' or '[' is meant as text, put the value in quotes")
  }

  /// `{{ x }}` without quotes, as other template languages write an expression.
  static func doubleBraces(at range: SourceRange) -> Diagnostic {
    Diagnostic(YAMLCodes.complexKey, "'{{' without quotes opens a mapping in a mapping", at: range)
      .help("put the value in quotes; values of the workflow are written ${…}")
  }

  static func tooDeep(limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(YAMLCodes.deepNesting, "the document is nested more than \(limit) levels deep", at: range)
  }

  static func unsupportedTag(_ tag: String, at range: SourceRange) -> Diagnostic {
    if tag.contains("python") {
      return Diagnostic(YAMLCodes.unsupportedTag, "unsafe YAML tag '\(tag)' is not allowed", at: range)
    }
    let isEnvironment = tag.lowercased() == "!env" || tag.lowercased() == "!environment"
    return Diagnostic(YAMLCodes.unsupportedTag, "unknown YAML tag '\(tag)'", at: range)
      .help(isEnvironment ? "write ${env.NAME}" : "if '!' is meant as text, put the value in quotes")
  }

  static func mismatchedTag(_ tag: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(YAMLCodes.unsupportedTag, "tag '\(tag)' does not fit the kind of node that follows", at: range)
  }

  static func tagDoesNotFit(_ tag: String, at range: SourceRange) -> Diagnostic {
    let type = tag.split(separator: ":").last.map(String.init) ?? tag
    return Diagnostic(
      YAMLCodes.unsupportedTag, "the value does not have the form that tag '!!\(type)' needs", at: range)
  }
}
