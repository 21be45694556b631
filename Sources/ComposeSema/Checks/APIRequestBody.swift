package import ComposeBasic
import ComposeSyntax

/// Compares the body of a request to a described API with the fields that the API knows.
package enum APIRequestBody: Check {
  private static func example(bad: String, good: String) -> String {
    ExampleFile.pair(bad: ExampleFile(body: [bad]), good: ExampleFile(body: [good]))
  }

  private static let unknownField = DiagnosticCode(
    "unknown-api-field", .error, "A body field that the API does not know",
    explanation: """
      The API is described, and the field resembles one that it has. Servers refuse an unknown field or ignore it.

      \(example(bad: "temprature: 0.7", good: "temperature: 0.7"))
      """)

  private static let invalidField = DiagnosticCode(
    "invalid-api-field", .error, "A body field with a value that the API refuses",
    explanation: """
      The API is described, and the field holds another kind of value.

      \(example(bad: "temperature: hot", good: "temperature: 0.7"))
      """)

  private static let missingField = DiagnosticCode(
    "missing-api-field", .error, "A body field that the API needs",
    explanation: """
      The API is described, and it refuses a request without the field.

      \(ExampleFile.pair(bad: ExampleFile(messages: "[{content: \"${input.prompt as text}\"}]"), good: ExampleFile()))
      """)

  package static let codes = [unknownField, invalidField, missingField]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for target in program.actions {
      guard let api = target.api, let body = target.action.fields["body"],
        case .object(let entries) = body.content, !hasOperator(entries)
      else { continue }
      for entry in entries {
        check(entry, of: api, entries, into: &diagnostics)
        if let field = api.request.field(entry.key.value) { checkItems(entry, field, of: target, into: &diagnostics) }
      }
      let place = target.action.fields.entry("body")?.key.range ?? body.range
      checkPresence(of: api.request, in: entries, at: place, target, into: &diagnostics)
    }
  }

  /// Reports required members that are missing. The model may be a part of the address on servers other than the
  /// provider's own.
  private static func checkPresence(
    of shape: ObjectShape, in entries: [TemplateEntry], at place: SourceRange, _ target: ActionTarget,
    into diagnostics: inout Diagnostics
  ) {
    let names = entries.map(\.key.value)
    for field in shape.fields where field.isRequired && !names.contains(field.name) {
      if field.name == "model", !target.callsProvider { continue }
      guard !names.contains(where: { suggestion(for: $0, among: [field.name]) != nil }) else { continue }
      diagnostics.emit(
        Diagnostic(missingField, "\(target.api?.name ?? "the API") needs '\(field.name)'", at: place)
          .upstream("sends the request, and the provider answers with an error"))
    }
  }

  /// Compares the objects of a written list, such as messages, with their shape.
  private static func checkItems(
    _ entry: TemplateEntry, _ field: FieldShape, of target: ActionTarget, into diagnostics: inout Diagnostics
  ) {
    guard case .list(.named(let name)) = field.type, let shape = target.api?.object(named: name),
      case .list(let items) = entry.value.content
    else { return }
    for item in items {
      guard case .object(let members) = item.content, !hasOperator(members) else { continue }
      for member in members where shape.field(member.key.value) == nil {
        let missing = shape.fields.map(\.name).filter { name in !members.contains { $0.key.value == name } }
        guard let best = suggestion(for: member.key.value, among: missing) else { continue }
        diagnostics.emit(.unknownField(member, of: "an item of '\(entry.key.value)'", best))
      }
      checkPresence(
        of: shape, in: members, at: members.first?.key.range ?? item.range, target, into: &diagnostics)
    }
  }

  /// Whether the body has a field that can only be the misspelt switch of the stream, so that its absence is reported
  /// once.
  static func hasMisspeltSwitch(_ target: ActionTarget) -> Bool {
    guard let api = target.api, case .object(let entries)? = target.action.fields["body"]?.content else { return false }
    return entries.contains { entry in
      api.request.field(entry.key.value) == nil && suggested(for: entry.key.value, of: api) == api.streamSwitch
    }
  }

  private static func hasOperator(_ entries: [TemplateEntry]) -> Bool {
    entries.contains { ["...", "*", "?", "+", "&", "|"].contains($0.key.value) }
  }

  private static func suggested(for name: String, of api: APIDescription) -> String? {
    guard !api.extras.contains(name) else { return nil }
    return suggestion(for: name, among: api.request.fields.map(\.name))
  }

  private static func check(
    _ entry: TemplateEntry, of api: APIDescription, _ entries: [TemplateEntry], into diagnostics: inout Diagnostics
  ) {
    let name = entry.key.value
    guard let field = api.request.field(name) else {
      guard let best = suggested(for: name, of: api), !entries.contains(where: { $0.key.value == best }) else { return }
      diagnostics.emit(.unknownField(entry, of: api.name, best))
      return
    }
    let wanted = api.type(of: field)
    guard let given = literalType(of: entry.value), !wanted.accepts(given) else { return }
    diagnostics.emit(
      Diagnostic(
        invalidField, "\(api.name) takes \(wanted.brief) as '\(name)', not \(given.noun)", at: entry.value.range
      )
      .upstream("sends it, and the provider answers with an error"))
  }

  /// The type of a value as far as it is written down: a literal, a conversion, or the shape of a collection.
  private static func literalType(of template: Template) -> Type? {
    switch template.content {
    case .constant(.null): nil
    case .constant(let value): Type(of: value)
    case .list: .list(.any)
    case .object(let entries): hasOperator(entries) ? nil : .object(ObjectType([], rest: .any))
    case .text(let text) where text.isFaulty: nil
    case .text(let text):
      if let expression = text.wholeExpression {
        expression.cast.map { CastTable.type(of: $0, from: .any) }
      } else if text.parts.contains(where: {
        if case .environment(let reference) = $0 { reference.value == nil } else { false }
      }) {
        nil
      } else {
        .text
      }
    }
  }
}

extension Type {
  /// The type for a message: what a collection holds is left out.
  fileprivate var brief: String {
    switch self {
    case .list, .object: noun
    default: description
    }
  }

  /// Whether a value of the other type can be sent where this one is wanted. Only sure mismatches are refused.
  fileprivate func accepts(_ given: Type) -> Bool {
    switch (self, given) {
    case (.any, _), (_, .any), (_, .never): true
    case (.union(let members), _): members.contains { $0.accepts(given) }
    case (_, .union(let members)): members.contains { accepts($0) }
    case (.null, .null), (.boolean, .boolean), (.integer, .integer): true
    // A number such as 1.0 may stand for an integer.
    case (.number, .integer), (.number, .number), (.integer, .number): true
    case (.text, .text), (.text, .choice), (.choice, .text), (.choice, .choice): true
    case (.list, .list), (.object, .object): true
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownField(_ entry: TemplateEntry, of owner: String, _ best: String) -> Diagnostic {
    Diagnostic(
      APIRequestBody.codes[0], "\(owner) has no field '\(entry.key.value)'", at: entry.key.range
    )
    .help("did you mean '\(best)'?")
    .upstream("sends it as it is")
    .fix("rename it to '\(best)'", .suggested, replace: entry.key.range, with: best)
  }
}
