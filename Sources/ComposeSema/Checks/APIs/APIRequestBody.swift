package import ComposeBasic
import ComposeSyntax

/// Compares the body of a request to a described API with the fields that the API knows.
package enum APIRequestBody: Check {
  private static func example(bad: String, good: String) -> String {
    ExampleFile.pair(bad: ExampleFile(body: [bad]), good: ExampleFile(body: [good]))
  }

  static let unknownField = DiagnosticCode(
    "unknown-api-field", .error, "A body field that the API does not know",
    explanation: """
      The API is described, and the field resembles one that it has, or is another API's name for one. Servers refuse an
      unknown field or ignore it.

      \(example(bad: "temprature: 0.7", good: "temperature: 0.7"))
      """)

  static let invalidField = DiagnosticCode(
    "invalid-api-field", .error, "A body field with a value that the API refuses",
    explanation: """
      The API is described, and the field holds another kind of value, or one outside of what is allowed.

      \(example(bad: "temperature: hot", good: "temperature: 0.7"))
      """)

  static let missingField = DiagnosticCode(
    "missing-api-field", .error, "A body field that the API needs",
    explanation: """
      The API is described, and it refuses a request without the field.

      \(ExampleFile.pair(bad: ExampleFile(messages: "[{content: \"${input.prompt as text}\"}]"), good: ExampleFile()))
      """)

  static let undocumentedField = DiagnosticCode(
    "undocumented-api-field", .warning, "A body field that the provider does not document",
    explanation: """
      The provider's own API is called, and the field is none of those that it documented when this version was made.
      Other servers of the same protocol may know it; this one ignores it or refuses the request.

      \(example(bad: "repetition_penalty: 1.1", good: "frequency_penalty: 0.1"))
      """)

  package static let codes = [unknownField, invalidField, missingField, undocumentedField]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for target in program.actions {
      guard let api = target.api, let entry = target.action.fields.entry("body"),
        case .object(let entries) = entry.value.content
      else { continue }
      APIBodyChecker(api: api, isProvider: target.callsProvider)
        .check(entries, of: api.request, owner: api.name, place: entry.key.range, into: &diagnostics)
    }
  }

  /// Whether the body has a field that can only be the misspelt switch of the stream, so that its absence is reported
  /// once.
  static func hasMisspeltSwitch(_ target: ActionTarget) -> Bool {
    guard let api = target.api, case .object(let entries)? = target.action.fields["body"]?.content else { return false }
    let checker = APIBodyChecker(api: api, isProvider: target.callsProvider)
    return entries.contains { entry in
      api.request.field(entry.key.value) == nil
        && checker.intended(by: entry.key.value, of: api.request, isRequest: true) == api.streamSwitch
    }
  }
}
