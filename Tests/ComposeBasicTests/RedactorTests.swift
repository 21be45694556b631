import ComposeBasic
import Testing

/// Secrets are found in every form in which a provider may send them back.
@Suite struct RedactorTests {
  @Test(arguments: [
    "key sk-a b+/=%1é here", "key sk-a%20b%2B%2F%3D%251%C3%A9 here", "key sk-a%20b%2b%2f%3d%251%c3%a9 here",
    "key sk-a+b%2B%2F%3D%251%C3%A9 here", "key sk-a%20b+/=%251%C3%A9 here",
  ])
  func hidesASecret(_ text: String) {
    #expect(Redactor(secrets: ["sk-a b+/=%1é"]).redact(text) == "key \(Redactor.mark) here")
  }

  @Test func hidesItsJSONForm() {
    #expect(Redactor(secrets: ["pass\"word"]).redact(#"{"key": "pass\"word"}"#) == "{\"key\": \"\(Redactor.mark)\"}")
  }

  @Test func leavesOthers() {
    #expect(Redactor(secrets: ["abc", "secret"]).redact("abc def") == "abc def")
  }
}
