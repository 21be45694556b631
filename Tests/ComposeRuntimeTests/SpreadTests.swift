import Testing

/// `"..."` in objects and lists (language specification, section 9).
@Suite struct SpreadTests {
  private static let roots = #"{"o": {"a": 1, "b": 2}, "p": {"b": 3}, "l": [1, 2], "n": null, "s": "text", "e": {}}"#

  @Test(arguments: [
    OperatorRow(#"{"...": "${o}"}"#, #"{"a": 1, "b": 2}"#),
    OperatorRow(#"{"b": 9, "...": "${o}", "c": 0}"#, #"{"b": 2, "a": 1, "c": 0}"#),
    OperatorRow(#"{"...": "${o}", "b": 9}"#, #"{"a": 1, "b": 9}"#),
    OperatorRow(#"{"...": "${missing}", "k": 1}"#, #"{"k": 1}"#),
    OperatorRow(#"{"...": {"...": "${o}", "z": "${s}"}}"#, #"{"a": 1, "b": 2, "z": "text"}"#),
    OperatorRow(#"{"...": {"+": ["${o}", "${p}"]}}"#, #"{"a": 1, "b": 3}"#),
    OperatorRow(#"{"....": "${o}", "..": 1}"#, #"{"....": {"a": 1, "b": 2}, "..": 1}"#),
    OperatorRow(#"{"...": "${l}"}"#, fails: .wrongKind),
    OperatorRow(#"{"...": ""}"#, fails: .wrongKind),
    OperatorRow(#"{"...": ["${o}"]}"#, fails: .wrongKind),
  ])
  func inObjects(_ row: OperatorRow) async { await row.check(scope(Self.roots)) }

  @Test(arguments: [
    OperatorRow(#"[0, "...${l}", 3]"#, "[0, 1, 2, 3]"),
    OperatorRow(#"["...${n}"]"#, "[]"),
    OperatorRow(#"[["...${l}"], "...${l}"]"#, "[[1, 2], 1, 2]"),
    OperatorRow(#"["...${missing as json | [7]}"]"#, "[7]"),
    OperatorRow(#"["...${l as text[]}"]"#, #"["1", "2"]"#),
    OperatorRow(#"["... ${s}"]"#, #"["... text"]"#),
    OperatorRow(#"["...${s}!", "....${s}", "...x"]"#, #"["...text!", "....text", "...x"]"#),
    // A brace that closes before the last character makes it ordinary text.
    OperatorRow(#"["...${missing | ${s}}"]"#, #"["...text"]"#),
    OperatorRow(#""...${s}""#, #""...text""#),
    OperatorRow(#"["...${o}"]"#, fails: .wrongKind),
    OperatorRow(#"["...${s}"]"#, fails: .wrongKind),
    OperatorRow(#"["...${missing | [7]}"]"#, fails: .wrongKind),
  ])
  func inLists(_ row: OperatorRow) async { await row.check(scope(Self.roots)) }
}
