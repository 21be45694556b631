import ComposeBasic
import ComposeSyntax

/// Why the value of a request's field is surely refused.
struct APIValueProblem {
  /// What the API takes: `number`, `at most 2`, `one of mp3, wav`.
  private let wanted: String
  /// What is there instead, if the first part does not say it.
  private let given: String?
  private let range: SourceRange
  private let replacement: String?

  /// `nil` when the value may be right, which is so for every value that is only known when it runs.
  init?(_ value: Template, _ type: APIType, of api: APIDescription, isProvider: Bool) {
    // The parts of a form are texts.
    let isForm = api.bodies.contains("multipart")
    let wanted = api.type(of: type)
    if let given = Self.writtenType(of: value), !wanted.accepts(given), !isForm || given.isCollection {
      self.init(wanted: wanted.withoutNull.brief, given: given.noun, range: value.range)
      return
    }
    let words = type.alternatives.flatMap { type in
      if case .choice(let words) = type { words } else { [String]() }
    }
    if !words.isEmpty, !type.alternatives.contains(.text), !type.alternatives.contains(.any),
      let problem = Self.wordProblem(value, words, isProvider)
    {
      self = problem
      return
    }
    guard isProvider, let (number, range) = Self.number(in: value) else { return nil }
    let problems = type.alternatives.compactMap { type -> String?? in
      switch type {
      case .integer where number != number.rounded(): "an integer"
      case .integer(let limits), .number(let limits): .some(limits.problem(with: number))
      default: nil
      }
    }
    guard !problems.isEmpty, let problem = problems.first, let problem, problems.allSatisfy({ $0 != nil }) else {
      return nil
    }
    self.init(wanted: problem, given: nil, range: range)
  }

  private init(wanted: String, given: String?, range: SourceRange, replacement: String? = nil) {
    self.wanted = wanted
    self.given = given
    self.range = range
    self.replacement = replacement
  }

  func diagnostic(named name: String, owner: String) -> Diagnostic {
    let diagnostic = Diagnostic(
      APIRequestBody.invalidField, "\(owner) takes \(wanted) as \(name)" + (given.map { ", not \($0)" } ?? ""),
      at: range
    )
    .upstream("sends it, and the provider answers with an error")
    guard let replacement else { return diagnostic }
    return diagnostic.help("did you mean '\(replacement)'?")
      .fix("write '\(replacement)'", .suggested, replace: range, with: replacement)
  }

  // MARK: Words

  /// A word that is none of those allowed. Other servers may know more words, so there only a misspelling counts.
  private static func wordProblem(_ value: Template, _ words: [String], _ isProvider: Bool) -> APIValueProblem? {
    guard case .text(let text) = value.content, !text.isFaulty else { return nil }
    let given: [(text: String, range: SourceRange)]
    if let expression = text.wholeExpression {
      given = offered(by: expression)
    } else if let constant = text.constant {
      given = [(constant, text.parts.count == 1 ? value.textRange ?? value.range : value.range)]
    } else {
      return nil
    }
    for (word, range) in given where !words.contains(word) {
      let best = suggestion(for: word, among: words)
      guard isProvider || best != nil else { continue }
      return APIValueProblem(
        wanted: "one of " + words.joined(separator: ", "), given: "'\(word)'", range: range, replacement: best)
    }
    return nil
  }

  /// The texts that an expression may surely give: its default.
  private static func offered(by expression: Expression) -> [(text: String, range: SourceRange)] {
    guard let fallback = expression.fallback, let text = fallback.constant, !text.isEmpty,
      fallback.parts.count == 1, case .text(let piece) = fallback.parts[0]
    else { return [] }
    return [(text, piece.range)]
  }

  // MARK: Numbers

  /// A number that is written: the value itself, or the default of an expression that converts it.
  private static func number(in value: Template) -> (Double, SourceRange)? {
    switch value.content {
    case .constant(.integer(let number)): return (Double(number), value.range)
    case .constant(.number(let number)): return (number, value.range)
    case .text(let text):
      guard !text.isFaulty, let expression = text.wholeExpression, let cast = expression.cast,
        ["integer", "number"].contains(cast.type.value), let fallback = offered(by: expression).first,
        let number = Double(fallback.text)
      else { return nil }
      return (number, fallback.range)
    default: return nil
    }
  }

  // MARK: Kinds

  /// The type of a value as far as it is written down: a literal, a conversion, or the shape of a collection.
  private static func writtenType(of template: Template) -> Type? {
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

extension Template {
  /// The place of a text without its quotes.
  fileprivate var textRange: SourceRange? {
    guard case .text(let text) = content, case .text(let piece)? = text.parts.first else { return nil }
    return piece.range
  }
}

extension Type {
  fileprivate var isCollection: Bool { isList || isObject }

  /// The type for a message: what a collection holds is left out.
  fileprivate var brief: String {
    switch self {
    case .list, .object: noun
    case .choice(let words): "one of " + words.joined(separator: ", ")
    case .union(let members): members.map(\.brief).joined(separator: " | ")
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
