import ComposeBasic
import ComposeSyntax

/// Why a literal does not fit a field.
struct ShapeProblem {
  /// Completes `'port' …`.
  let message: String
  var help: String?
  /// Source text that repairs the value.
  var replacement: String?
  /// Whether the replacement keeps the meaning for sure.
  var isCertain = false
  /// What the reference does with the value, if it does not refuse the file.
  var reference: String?
  /// Whether the value has the right kind, but one cannot use it.
  var isAboutMeaning = false

  init(
    _ message: String, help: String? = nil, replacement: String? = nil, isCertain: Bool = false,
    reference: String? = nil, isAboutMeaning: Bool = false
  ) {
    self.isAboutMeaning = isAboutMeaning
    self.message = message
    self.help = help
    self.replacement = replacement
    self.isCertain = isCertain
    self.reference = reference
  }
}

extension ShapeType {
  /// What is wrong with a literal, judged as the reference does, which reads `"8080"` as a number and `1` as true.
  /// Members of lists and mappings are judged one by one elsewhere.
  func problem(with node: YAMLNode) -> ShapeProblem? {
    switch self {
    case .union(let members): unionProblem(members, node)
    case .rendered(.boolean): renderedBooleanProblem(node)
    case .rendered(let inner): inner.renderedProblem(node)
    case .any, .tag: nil
    case .null: node.isNull ? nil : ShapeProblem("must be empty")
    case .named, .map, .openObject: node.mapping == nil ? ShapeProblem("must be a mapping") : nil
    case .list, .tuple, .unique, .bounded(.list, _), .bounded(.unique, _): listProblem(node)
    case .boolean, .integer, .exactInteger, .number, .bounded, .text, .kind, .port, .choice, .reference:
      if let scalar = node.scalar {
        scalarProblem(scalar)
      } else {
        ShapeProblem("must be \(noun), not \(node.mapping != nil ? "a mapping" : "a list")")
      }
    }
  }

  /// A text may stand where an expression may, so that a wrong one is of the right kind.
  private func renderedProblem(_ node: YAMLNode) -> ShapeProblem? {
    guard var problem = problem(with: node) else { return nil }
    if case .text? = node.scalar?.value { problem.isAboutMeaning = true }
    return problem
  }

  private func unionProblem(_ members: [ShapeType], _ node: YAMLNode) -> ShapeProblem? {
    var problems: [(type: ShapeType, problem: ShapeProblem)] = []
    for member in members {
      guard let problem = member.problem(with: node) else { return nil }
      if member != .null { problems.append((member, problem)) }
    }
    if problems.count < 2 { return problems.first?.problem }
    if let scalar = node.scalar {
      // What comes nearest to the value says best what is wrong with it.
      let near = problems.first { $0.type.isNear(scalar) }
      if let near { return near.problem }
    } else if let near = problems.first(where: { node.sequence != nil && $0.type.element != nil }) {
      return near.problem
    }
    return ShapeProblem(
      "must be " + Self.alternatives(members.filter { $0 != .null }.map(\.noun)),
      isAboutMeaning: problems.contains { $0.problem.isAboutMeaning })
  }

  /// Whether a literal that does not fit has the kind that the type is about.
  private func isNear(_ scalar: YAMLScalar) -> Bool {
    switch (self, scalar.value) {
    case (.rendered(let inner), _): inner.isNear(scalar)
    case (.bounded(.integer, _), .integer), (.bounded(.exactInteger, _), .integer), (.bounded(.number, _), .integer):
      true
    case (.bounded(.number, _), .number), (.kind(.duration), .text), (.kind(.rate), .text): true
    case (.choice, .text): true
    case (.text, .integer), (.text, .number), (.text, .boolean), (.text, .timestamp): true
    default: false
    }
  }

  private func listProblem(_ node: YAMLNode) -> ShapeProblem? {
    guard let items = node.sequence else {
      var problem = ShapeProblem("must be a list")
      if let scalar = node.scalar, !scalar.text.isEmpty, scalar.style == .plain,
        element?.problem(with: node) == nil
      {
        problem.replacement = "[\(scalar.text)]"
      }
      return problem
    }
    switch self {
    case .tuple(let elements):
      return items.count == elements.count ? nil : ShapeProblem("must have \(elements.count) elements")
    case .bounded(let list, let bounds):
      if !bounds.contains(Double(items.count)) {
        let count = Int(bounds.lower ?? bounds.upper ?? 0)
        return ShapeProblem(
          bounds.lower == bounds.upper
            ? "must have \(count) elements" : "must have at least \(count) \(count == 1 ? "element" : "elements")")
      }
      return list.listProblem(node)
    default: return nil
    }
  }

  /// What messages call the type.
  private var noun: String {
    switch self {
    case .boolean: "true or false"
    case .integer, .exactInteger: "an integer"
    case .number: "a number"
    case .text: "text"
    case .kind(let kind): kind.noun
    case .port: "a port number from 1 to 65535"
    case .choice(let names): Self.alternatives(names)
    case .bounded(.integer, let bounds), .bounded(.exactInteger, let bounds): "an integer" + bounds.remark
    case .bounded(.number, let bounds): "a number" + bounds.remark
    case .bounded(let inner, _), .rendered(let inner): inner.noun
    case .list(let element): element.isScalar ? "a list of " + element.plural : "a list"
    case .tuple, .unique: "a list"
    case .named, .map, .openObject: "a mapping"
    case .union(let members): Self.alternatives(members.filter { $0 != .null }.map(\.noun))
    case .reference(let sort): "the name of \(sort == "action" ? "an" : "a") \(sort)"
    case .any, .null, .tag: "a value"
    }
  }

  private var isScalar: Bool {
    switch self {
    case .integer, .number, .text: true
    case .rendered(let inner): inner.isScalar
    default: false
    }
  }

  private var plural: String {
    switch alternatives.first {
    case .integer: "integers"
    case .number: "numbers"
    default: "texts"
    }
  }

  static func alternatives(_ nouns: [String]) -> String {
    var unique: [String] = []
    for noun in nouns where !unique.contains(noun) { unique.append(noun) }
    guard unique.count > 1, let last = unique.last else { return unique.first ?? "" }
    return unique.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension ValueKind {
  fileprivate var noun: String {
    switch self {
    case .duration: "a duration"
    case .size: "a size in bytes"
    case .url: "a URL"
    case .path: "a path"
    case .timestamp: "a date and time"
    case .rate: "a rate such as 10/1s"
    case .forward: "a port to forward"
    }
  }
}

extension ShapeBounds {
  /// Completes `an integer …`.
  fileprivate var remark: String {
    switch (lower, upper) {
    case (let lower?, let upper?): " from \(Self.text(lower)) to \(Self.text(upper))"
    case (let lower?, nil): excludesLower ? " above \(Self.text(lower))" : " of at least \(Self.text(lower))"
    case (nil, let upper?): " of at most \(Self.text(upper))"
    case (nil, nil): ""
    }
  }

  /// Completes `must be …`.
  var requirement: String {
    switch (lower, upper) {
    case (let lower?, let upper?): "between \(Self.text(lower)) and \(Self.text(upper))"
    case (let lower?, nil): (excludesLower ? "greater than " : "at least ") + Self.text(lower)
    case (nil, let upper?): "at most \(Self.text(upper))"
    case (nil, nil): "a number"
    }
  }

  private static func text(_ value: Double) -> String { Int(exactly: value).map { String($0) } ?? "\(value)" }
}
