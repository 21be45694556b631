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

  init(_ message: String, help: String? = nil, replacement: String? = nil, isCertain: Bool = false) {
    self.message = message
    self.help = help
    self.replacement = replacement
    self.isCertain = isCertain
  }
}

extension ShapeType {
  /// What is wrong with a literal, judged as the reference does, which reads `"8080"` as a number and `1` as true.
  /// Members of lists and maps are judged one by one elsewhere.
  func problem(with node: YAMLNode) -> ShapeProblem? {
    switch self {
    case .any, .named, .reference: return nil
    case .rendered(let inner): return inner.problem(with: node)
    case .null: return node.isNull ? nil : ShapeProblem("must be empty")
    case .union(let members):
      let problems = members.map { $0.problem(with: node) }
      if problems.contains(where: { $0 == nil }) { return nil }
      return problems.first { $0 != nil } ?? nil
    // Lists of declarations and of names are read by the parser, which reports what is no list.
    case .list(.named), .list(.reference): return nil
    case .list: return node.sequence == nil ? ShapeProblem("must be a list") : nil
    case .map, .openObject: return node.mapping == nil ? ShapeProblem("must be a mapping") : nil
    case .boolean, .integer, .number, .text, .duration, .port, .choice:
      guard let scalar = node.scalar else {
        return ShapeProblem("must be \(noun), not \(node.mapping != nil ? "a mapping" : "a list")")
      }
      return scalarProblem(scalar)
    }
  }

  private var noun: String {
    switch self {
    case .boolean: "true or false"
    case .integer: "an integer"
    case .number: "a number"
    case .text: "text"
    case .duration: "a duration"
    case .port: "a port number from 1 to 65535"
    case .choice(let names): "one of " + names.joined(separator: ", ")
    default: "a value"
    }
  }

  private func scalarProblem(_ scalar: YAMLScalar) -> ShapeProblem? {
    switch self {
    case .text: return textProblem(scalar)
    case .choice(let names): return choiceProblem(scalar, names)
    case .boolean:
      let words = ["true", "false", "yes", "no", "on", "off", "t", "f", "y", "n", "1", "0"]
      if case .boolean = scalar.value { return nil }
      return words.contains(scalar.text.lowercased()) ? nil : ShapeProblem("must be true or false")
    case .integer: return integer(scalar) == nil ? ShapeProblem("must be an integer") : nil
    case .number:
      if case .number = scalar.value { return nil }
      return integer(scalar) == nil && Double(scalar.text) == nil ? ShapeProblem("must be a number") : nil
    case .port:
      guard let number = integer(scalar) else { return ShapeProblem("must be \(noun)") }
      return (1...65535).contains(number) ? nil : ShapeProblem("must be between 1 and 65535")
    case .duration:
      return seconds(inDuration: scalar.text) == nil
        ? ShapeProblem("must be a duration", help: "write seconds, or a number with ms, s, m, h or d: 500ms, 10s, 1.5m")
        : nil
    default: return nil
    }
  }

  private func integer(_ scalar: YAMLScalar) -> Int? {
    switch scalar.value {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    case .boolean(let value): value ? 1 : 0
    case .text(let text): Int(text.filter { $0 != "_" })
    default: nil
    }
  }

  private func textProblem(_ scalar: YAMLScalar) -> ShapeProblem? {
    let kind: String
    switch scalar.value {
    case .text: return nil
    case .null: kind = "null"
    case .boolean: kind = "a boolean"
    case .integer, .bigInteger, .number: kind = "a number"
    case .timestamp: kind = "a date"
    }
    let isNull = scalar.value == .null
    return ShapeProblem(
      "must be text, but \(scalar.text.isEmpty ? "an empty value" : "'\(scalar.text)'") is \(kind)",
      help: isNull ? nil : "quote it",
      replacement: isNull ? nil : "\"\(scalar.text)\"",
      isCertain: true)
  }

  private func choiceProblem(_ scalar: YAMLScalar, _ names: [String]) -> ShapeProblem? {
    if names.contains(scalar.text) { return nil }
    let best = suggestion(for: scalar.text, among: names)
    return ShapeProblem(
      "cannot be '\(scalar.text)'",
      help: best.map { "did you mean '\($0)'?" } ?? "use one of \(names.joined(separator: ", "))",
      replacement: best)
  }
}
