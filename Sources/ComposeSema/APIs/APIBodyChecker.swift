import ComposeBasic
import ComposeSyntax

/// Compares what a request's body says with an API description.
///
/// What only the provider surely refuses is reported for requests to the provider; servers of the same protocol may
/// take more. A misspelling is one everywhere.
struct APIBodyChecker {
  let api: APIDescription
  let isProvider: Bool

  /// Checks the entries of a written object.
  ///
  /// - Parameters:
  ///   - owner: how a message calls the object.
  ///   - place: where a missing field is reported.
  func check(
    _ entries: [TemplateEntry], of object: APIObject, owner: String, place: SourceRange,
    into diagnostics: inout Diagnostics
  ) {
    guard !hasOperator(entries) else { return }
    for entry in entries {
      if let field = object.field(entry.key.value) {
        check(entry.value, field.type, name: entry.key.value, into: &diagnostics)
      } else {
        checkUnknown(entry, among: entries, of: object, owner, into: &diagnostics)
      }
    }
    checkPresence(of: object, in: entries, owner, at: place, into: &diagnostics)
  }

  // MARK: Names

  /// The field that is meant by a name that is none.
  func intended(by name: String, of object: APIObject, isRequest: Bool) -> String? {
    if isProvider, let other = object.instead[name] { return other }
    if isRequest, api.extras.contains(name) || object.extras.contains(name) { return nil }
    guard object.openness != .open else { return nil }
    return suggestion(for: name, among: object.fields.map(\.name))
  }

  private func checkUnknown(
    _ entry: TemplateEntry, among entries: [TemplateEntry], of object: APIObject, _ owner: String,
    into diagnostics: inout Diagnostics
  ) {
    let name = entry.key.value
    let isRequest = object.name == api.request.name
    if let best = intended(by: name, of: object, isRequest: isRequest),
      !entries.contains(where: { $0.key.value == best })
    {
      let diagnostic = Diagnostic(
        APIRequestBody.unknownField, "\(owner) has no field '\(name)'", at: entry.key.range
      )
      .help(object.instead[name] == nil ? "did you mean '\(best)'?" : "here it is called '\(best)'")
      .upstream("sends it as it is")
      .fix("rename it to '\(best)'", .suggested, replace: entry.key.range, with: best)
      diagnostics.emit(diagnostic)
    } else if isProvider, object.openness == .closed {
      let time = api.asOf.map { " (as of \($0))" } ?? ""
      diagnostics.emit(
        Diagnostic(APIRequestBody.undocumentedField, "\(owner) has no field '\(name)'\(time)", at: entry.key.range)
          .help("remove it, unless the provider has added it since")
          .upstream("sends it, and the provider ignores it or answers with an error"))
    }
  }

  /// Reports required members that are missing. Other servers may take the model from the address, and have defaults of
  /// their own.
  private func checkPresence(
    of object: APIObject, in entries: [TemplateEntry], _ owner: String, at place: SourceRange,
    into diagnostics: inout Diagnostics
  ) {
    let names = entries.map(\.key.value)
    let isRequest = object.name == api.request.name
    for field in object.fields where field.isRequired && !names.contains(field.name) {
      if !isProvider, !Self.isNeededEverywhere(field, ofRequest: isRequest) { continue }
      let isMisspelt = names.contains { name in
        object.instead[name] == field.name || suggestion(for: name, among: [field.name]) != nil
      }
      guard !isMisspelt else { continue }
      diagnostics.emit(
        Diagnostic(APIRequestBody.missingField, "\(owner) needs '\(field.name)'", at: place)
          .upstream("sends the request, and the provider answers with an error"))
    }
  }

  /// No server can do without the conversation and the roles in it; everything else may have a default.
  private static func isNeededEverywhere(_ field: APIField, ofRequest isRequest: Bool) -> Bool {
    isRequest ? field.name == "messages" : field.name == "role"
  }

  // MARK: Values

  private func check(_ value: Template, _ type: APIType, name: String, into diagnostics: inout Diagnostics) {
    switch value.content {
    case .object(let entries):
      let objects = type.alternatives.compactMap { type in
        if case .named(let name) = type { api.object(named: name) } else { nil as APIObject? }
      }
      if let object = objects.first, objects.count == 1 {
        check(
          entries, of: object, owner: "'\(name)'", place: entries.first?.key.range ?? value.range, into: &diagnostics)
        return
      }
    case .list(let items):
      let elements = type.alternatives.compactMap { type in
        if case .list(let element) = type { element } else { nil as APIType? }
      }
      if let element = elements.first, elements.count == 1 {
        for item in items { check(item, element, itemOf: name, into: &diagnostics) }
        return
      }
    case .constant, .text: break
    }
    if let problem = APIValueProblem(value, type, of: api, isProvider: isProvider) {
      diagnostics.emit(problem.diagnostic(named: "'\(name)'", owner: api.name))
    }
  }

  private func check(_ item: Template, _ type: APIType, itemOf name: String, into diagnostics: inout Diagnostics) {
    if case .object(let entries) = item.content, case .named(let object) = type, let object = api.object(named: object)
    {
      check(
        entries, of: object, owner: "an item of '\(name)'", place: entries.first?.key.range ?? item.range,
        into: &diagnostics)
    } else if let problem = APIValueProblem(item, type, of: api, isProvider: isProvider) {
      diagnostics.emit(problem.diagnostic(named: "an item of '\(name)'", owner: api.name))
    }
  }
}

/// Whether an object has a key that is an operator, so that its fields are only known when it runs.
func hasOperator(_ entries: [TemplateEntry]) -> Bool {
  entries.contains { ["...", "*", "?", "+", "&", "|"].contains($0.key.value) }
}
