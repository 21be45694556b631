import ComposeBasic
import Testing

/// Secrets are found in every form in which a provider may send them back.
@Suite struct RedactorTests {
  @Test(arguments: [
    "key sk-a b+/=%1é here", "key sk-a%20b%2B%2F%3D%251%C3%A9 here", "key sk-a%20b%2b%2f%3d%251%c3%a9 here",
    "key sk-a+b%2B%2F%3D%251%C3%A9 here", "key sk%2Da%20b%2B%2F%3D%251%C3%A9 here", "key sk-a%20b+/=%251%C3%A9 here",
  ])
  func hidesASecret(_ text: String) {
    #expect(Redactor(secrets: ["sk-a b+/=%1é"]).redact(text) == "key \(Redactor.mark) here")
  }

  /// Alone, behind other texts of any length, and before others; what the key does not decide may stay.
  @Test(arguments: [
    "c2stdGVzdC00ZjljMmI3ZDgxZTY=", "dTpzay10ZXN0LTRmOWMyYjdkODFlNg==", "dXM6c2stdGVzdC00ZjljMmI3ZDgxZTY6eHg=",
    "dXNlcjpzay10ZXN0LTRmOWMyYjdkODFlNg", "QmVhcmVyIHNrLXRlc3QtNGY5YzJiN2Q4MWU2",
  ])
  func hidesItsBase64(_ text: String) {
    let shown = Redactor(secrets: ["sk-test-4f9c2b7d81e6"]).redact("key \(text) here")
    #expect(shown.contains(Redactor.mark))
    #expect(shown.utf8.count < "key QmVhcmVyIHM\(Redactor.mark)eHg= here".utf8.count, "\(shown)")
  }

  @Test func hidesTheOtherAlphabet() {
    let secret = "\u{ff}\u{fe}\u{fb}\u{bf}\u{ff}\u{ff}"
    for form in ["w7_DvsO7wr_Dv8O_", "w7/DvsO7wr/Dv8O/"] {
      #expect(Redactor(secrets: [secret]).redact(form) == Redactor.mark)
    }
  }

  @Test func hidesItsJSONForm() {
    #expect(Redactor(secrets: ["pass\"word"]).redact(#"{"key": "pass\"word"}"#) == "{\"key\": \"\(Redactor.mark)\"}")
  }

  @Test func leavesOthers() {
    #expect(Redactor(secrets: ["abc", "secret"]).redact("abc def") == "abc def")
  }
}
