import ComposeBasic
import ComposeSyntax
import Testing

@Suite struct EnvironmentReferenceTests {
  static let variables = [
    "A": "alpha", "N": "42", "F": "3.50", "T": "TRUE", "E": "", "SP": "two words", "Y": "k: v", "Q": "say \"hi\"",
    "EXPR": "${input.x}", "NL": "l1\nl2", "PAD": " 7 ", "HASH": "x # y", "A-B": "dashed", "STAR": "*", "BS": "a\\b",
    "AP": "it's", "COLON": "x:", "QUOTED": "'a ''b'''", "LIST": "a,b", "URL": "http://h:1/#x", "API_KEY": "*secret*",
  ]

  /// A value, its text and its kind.
  @Test(arguments: [
    ("${env.A}", "text", "alpha"), ("${ env.A }", "text", "alpha"), ("${env.N}", "integer 42", "42"),
    ("${env.F}", "number 3.5", "3.50"), ("${env.E}", "null", ""), ("${env.E | d}", "null", ""),
    ("${env.X | 8080}", "integer 8080", "8080"), ("${env.X |d  }", "text", "d"), ("${env.X | a|b}", "text", "a|b"),
    ("${env.X | ~}", "null", "~"), ("${env.X | \"a b\"}", "text", "a b"), ("${env.X | '5'}", "text", "5"),
    ("${env.X | \"a\\nb\"}", "text", "a\nb"), ("${env.QUOTED}", "text", "a 'b'"), ("${env.X | a\n  b}", "text", "a b"),
    ("${env.PAD}", "integer 7", "7"), ("x${env.A}y${env.N}z", "text", "xalphay42z"),
    ("${env.N}${env.N}", "integer 4242", "4242"),
    ("${env.A} ${env.E}", "text", "alpha"), ("\"${env.N}\"", "text", "42"), ("'${env.N}'", "text", "42"),
    ("\"${env.NL}\"", "text", "l1 l2"), ("${env.URL}", "text", "http://h:1/#x"), ("${env.COLON}x", "text", "x:x"),
    ("${env.A-B}", "text", "dashed"), ("${env.Aas integer | 5}", "text", "?"),
    ("${env.N as integer}", "integer 42", "42"), ("${env.PAD as integer}", "integer 7", "7"),
    ("${env.X as integer | 007}", "integer 7", "7"), ("${env.X as integer | -1_000}", "integer -1000", "-1000"),
    ("${env.F as number}", "number 3.5", "3.5"), ("${env.N as number}", "number 42.0", "42.0"),
    ("${env.X as number | 1e3}", "number 1000.0", "1000.0"), ("${env.T as boolean}", "boolean true", "true"),
    ("${env.X as boolean|0}", "boolean false", "false"), ("${env.N as string}", "text", "42"),
    ("${env.Q as string}", "text", "say \"hi\""), ("${env.NL as string}", "text", "l1\nl2"),
    ("${env.Y as string}", "text", "k: v"), ("${env.E as string}", "text", ""),
    ("|\n    ${env.A}\n    ${env.X | d}", "text", "alpha\nd\n"), ("{v: ${env.N}}", "mapping", ""),
    ("$${env.A}", "text", "$alpha"), ("${input.x | ${env.A}}", "text", "${input.x | alpha}"),
    ("${ENV.A}", "text", "${ENV.A}"), ("${env.A B}", "text", "${env.A B}"), ("${env.}", "text", "${env.}"),
    ("${env.A @(d y)}", "text", "${env.A @(d y)}"), ("${env[\"A\"]}", "text", "${env[\"A\"]}"),
  ])
  func substitutes(_ text: String, _ kind: String, _ expected: String) {
    let parsed = ParsedYAML("key: \(text)\n", environment: Self.variables)
    guard text != "${env.Aas integer | 5}" else {
      // The name gives its `as` back, as in the reference's regular expression.
      #expect(parsed.findings == ["1:6 invalid-environment-cast"])
      return
    }
    #expect(parsed.findings == [], "\(parsed.tree)")
    guard let scalar = parsed["key"]?.scalar else {
      #expect(kind == "mapping")
      #expect(parsed["key"]?[key: "v"]?.scalar?.value == .integer(42))
      return
    }
    #expect(describe(scalar.value) == kind)
    #expect(scalar.text == expected)
  }

  @Test(arguments: [
    ("key: ${env.X}", "1:6 unset-environment-variable"),
    ("key: 'a ${env.X}'", "1:9 unset-environment-variable"),
    ("key: ${env.A[0]}", "1:6 unset-environment-variable"),
    ("key: ${env.X:-8080}", "1:6 shell-style-default"),
    ("key: ${env.A as integer}", "1:6 invalid-environment-cast"),
    ("key: ${env.E as integer}", "1:6 invalid-environment-cast"),
    ("key: ${env.F as integer}", "1:6 invalid-environment-cast"),
    ("key: ${env.N as boolean}", "1:6 invalid-environment-cast"),
    ("key: ${env.X as number | 0x10}", "1:6 invalid-environment-cast"),
    ("key: ${env.X as boolean | yes}", "1:6 invalid-environment-cast"),
    ("key: ${env.X as int | 5}", "1:17 invalid-environment-cast"),
    ("key: ${env.A as text}", "1:17 invalid-environment-cast"),
    ("key: ${env.X | ${env.Z | z}}", "1:6 nested-environment-default"),
    ("key: ${env.Y}", "1:6 environment-changes-structure"),
    ("key: ${env.COLON}", "1:6 environment-changes-structure"),
    ("key: ${env.COLON} x", "1:6 environment-changes-structure"),
    ("key: a:${env.PAD}", "1:8 environment-changes-structure"),
    ("key: ${env.HASH}", "1:6 environment-changes-structure"),
    ("key: ${env.NL}", "1:6 environment-changes-structure"),
    ("key: |\n  ${env.NL}", "2:3 environment-changes-structure"),
    ("key: ${env.STAR}", "1:6 environment-changes-structure"),
    ("key: ${env.X | [1, 2]}", "1:6 environment-changes-structure"),
    ("key: ${env.X | \"a\" b}", "1:6 environment-changes-structure"),
    ("key: ${env.X | a\nb}", "1:6 environment-changes-structure"),
    ("key: [${env.LIST}]", "1:7 environment-changes-structure"),
    ("key: \"${env.Q}\"", "1:7 environment-changes-structure"),
    ("key: \"${env.BS}\"", "1:7 environment-changes-structure"),
    ("key: \"${env.A as string}\"", "1:7 environment-changes-structure"),
    ("key: ${env.A as string}x", "1:6 environment-changes-structure"),
    ("key: '${env.AP}'", "1:7 environment-changes-structure"),
    ("key: '${env.EXPR}'", "1:7 environment-changes-structure"),
    ("${env.X}: 1", "1:1 unset-environment-variable"),
  ])
  func finds(_ text: String, _ finding: String) {
    let parsed = ParsedYAML(text, environment: Self.variables)
    #expect(parsed.findings == [finding], "\(parsed.tree)")
  }

  @Test(arguments: [
    "key: x${env.STAR}", "key: ${env.LIST}", "key: '${env.Q}'", "key: \"${env.AP}\"", "key: '${env.BS}'",
    "key: |\n  ${env.Y}", "key: \"${env.HASH}\"", "# ${env.X}\nkey: 1", "key: 1 # ${env.X}", "key: |  # ${env.X}\n  a",
  ])
  func isHarmless(_ text: String) {
    #expect(ParsedYAML(text, environment: Self.variables).findings == [])
  }

  @Test func unsetReferenceStaysAsWritten() throws {
    let scalar = try #require(ParsedYAML("key: x ${env.X} y")["key"]?.scalar)
    #expect(scalar.text == "x ${env.X} y")
    #expect(scalar.isUnknown)
    #expect(scalar.environment.map(\.range) == [2..<10])
    #expect(scalar.value == .text("x ${env.X} y"))
  }

  /// A value of the reference's own length must not look like the reference's own text.
  @Test func positionsInsideAValueAreTheReference() throws {
    let parsed = ParsedYAML("key: a ${env.A} b", environment: ["A": "12345678"])
    let scalar = try #require(parsed["key"]?.scalar)
    #expect(parsed.place(scalar.map.range(4..<6)) == "1:8-1:16")
    #expect(parsed.place(scalar.map.range(11..<12)) == "1:17-1:18")
  }

  /// A line break that folds to one space, with nothing to strip, still stands for itself only.
  @Test func aFoldBeforeAValueIsNotJoinedToTheText() throws {
    let parsed = ParsedYAML("one\ntwo ${env.A}\n", environment: ["A": "x"])
    let scalar = try #require(parsed.document.root?.scalar)
    #expect(scalar.text == "one two x")
    #expect(scalar.map.segments.map(\.decodedCount) == [3, 1, 4, 1])
  }

  @Test func referencesAreListedInOrderWithoutComments() {
    let text = "a: ${env.A} # ${env.B}\n${env.C | c}: [${env.D}, |]\n"
    let parsed = ParsedYAML("x: ${env.X}\nb: |\n  ${env.Y | y}\n# ${env.Z}\n", environment: ["X": "1"])
    #expect(parsed.document.environmentReferences.map(\.name) == ["X", "Y"])
    #expect(parsed.document.environmentReferences.map(\.origin) == ["-e", "default"])
    // Behind a syntax error only what is plainly a comment is left out.
    #expect(ParsedYAML(text).document.environmentReferences.map(\.name) == ["A", "C", "D"])
  }

  @Test func valuesAreNeverPrinted() {
    for text in [
      "key: ${env.API_KEY}", "key: ${env.API_KEY as integer}",
      "${env.API_KEY as string}: 1\n${env.API_KEY as string}: 2",
    ] {
      let parsed = ParsedYAML(text, environment: Self.variables)
      #expect(!parsed.diagnostics.isEmpty)
      for finding in parsed.diagnostics {
        let all = [finding.message, finding.help ?? "", finding.upstream ?? ""] + finding.notes.map(\.message)
        #expect(all.allSatisfy { !$0.contains("secret") && !$0.contains("'*'") })
      }
    }
  }

  @Test func fixAddsTheCast() throws {
    let text = "key: ${env.Y | d}\n"
    let finding = try #require(ParsedYAML(text, environment: Self.variables).diagnostics.first)
    let edit = try #require(finding.fixes.first?.edits.first)
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(Int(edit.range.start)..<Int(edit.range.end), with: edit.text.utf8)
    let repaired = ParsedYAML(bytes, environment: Self.variables)
    #expect(repaired.findings == [])
    #expect(repaired["key"]?.scalar?.text == "k: v")
  }

  @Test func privateUseCharactersOfTheFileAreLeftAlone() {
    let parsed = ParsedYAML("a: \"\u{E000}0\u{E001} \\uE0020\\uE003\"\nb: ${env.A}\n", environment: ["A": "x"])
    #expect(parsed["a"]?.scalar?.text == "\u{E000}0\u{E001} \u{E002}0\u{E003}")
    #expect(parsed["b"]?.scalar?.text == "x")
  }

  @Test func errorsAfterReferencesKeepTheirPlace() {
    let parsed = ParsedYAML("a: ${env.A | a long default} # é\nb: ${env.A}\nc: `\n", environment: ["A": "x"])
    #expect(parsed.findings == ["3:4 yaml-syntax"])
  }
}
