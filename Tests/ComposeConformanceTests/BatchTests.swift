import ComposeConformance
import Testing

@Suite struct BatchTests {
  @Test(arguments: [
    (
      #"{"id": "a", "template": "${v}", "sources": {"v": 5.0}}"#,
      #"{"id": "a", "expected": 5.0, "expected_type": "float"}"#
    ),
    (#"{"id": 7, "template": {"k": "${v as integer}"}, "sources": {"v": "q"}}"#, #"{"id": 7, "error": "ValueError"}"#),
    (#"{"id": null, "template": "${v as numbr}", "sources": {}}"#, #"{"id": null, "refused": ["unknown-type"]}"#),
    (#"{"template": "a", "sources": {}}"#, #"{"id": null, "expected": "a", "expected_type": "string"}"#),
  ])
  func answers(_ line: String, _ answer: String) async {
    let given = await Batch(.language, base: ".").answer(to: Array(line.utf8))
    #expect(given.line == answer)
    #expect(given.problem == nil)
  }

  @Test(arguments: [
    ("", "null", "not JSON"), ("[]", "null", "a list"), (#"{"id": "x"}"#, "\"x\"", "'template'"),
    (#"{"id": 1, "template": "", "sources": []}"#, "1", "'sources'"),
    (#"{"id": 1, "template": "", "sources": {}, "options": {"context": "moon"}}"#, "1", "'moon'"),
    (#"{"id": 1, "template": "", "sources": {}, "options": {"then": "sing"}}"#, "1", "'sing'"),
  ])
  func saysWhatIsNoVector(_ line: String, _ id: String, _ part: String) async {
    let given = await Batch(.language, base: ".").answer(to: Array(line.utf8))
    #expect(given.line == "{\"id\": \(id), \"error\": \"InvalidVector\"}")
    #expect(given.problem?.contains(part) == true, "\(given.problem ?? "")")
  }
}
