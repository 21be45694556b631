import ComposeRuntime

/// Makes a value that fits a JSON Schema (draft 2020-12, the parts that tools use), with what a question offers: its
/// numbers, its dates, and its words that begin with a capital.
struct SandboxArguments {
  private let root: Value
  private let prompt: String
  private var numbers: [Double]
  private var names: [String]

  static func make(for schema: Value, prompt: String) -> Value {
    var arguments = SandboxArguments(root: schema, prompt: prompt)
    return arguments.value(for: schema, depth: 0)
  }

  private init(root: Value, prompt: String) {
    self.root = root
    self.prompt = prompt
    let words = prompt.split(whereSeparator: \.isWhitespace)
    numbers = words.compactMap { Double($0.trimmingMarks) }
    // The first word of a sentence has a capital anyway.
    let starts = [true] + words.map { ".!?:".contains($0.last ?? " ") }
    names = zip(words, starts).compactMap { word, isFirst in
      let name = word.trimmingMarks
      let isProper = !isFirst && name.count > 1 && name.first?.isUppercase == true
      // A date, or a name with a number in it.
      let isMixed = name.contains(where: \.isNumber) && Double(name) == nil
      return isProper || isMixed ? String(name) : nil
    }
  }

  private mutating func value(for schema: Value, depth: Int) -> Value {
    guard depth < 8 else { return .null }
    if let constant = present(schema.member("const")) { return constant }
    if let choice = choice(of: schema.member("enum").sandboxElements) { return choice }
    if let standard = present(schema.member("default")) { return standard }
    if let name = schema.member("$ref").sandboxText { return value(for: target(of: name), depth: depth + 1) }
    for key in ["anyOf", "oneOf", "allOf"] {
      let members = schema.member(key).sandboxElements
      if let member = members.first(where: { $0.member("type").sandboxText != "null" }) {
        return value(for: member, depth: depth + 1)
      }
    }
    switch typeName(of: schema) {
    case "object": return object(for: schema, depth: depth)
    case "array":
      let count = max(1, schema.member("minItems").asInteger ?? 1)
      return .list((0..<min(count, 8)).map { _ in value(for: schema.member("items"), depth: depth + 1) })
    case "integer": return .integer(Int(exactly: number(for: schema).rounded()) ?? 1)
    case "number":
      let number = number(for: schema)
      return Int(exactly: number).map { .integer($0) } ?? .number(number)
    case "boolean": return .boolean(true)
    case "null": return .null
    default: return .text(text(for: schema))
    }
  }

  /// The members that are needed; where none is said to be, all of them.
  private mutating func object(for schema: Value, depth: Int) -> Value {
    guard case .object(let properties) = schema.member("properties") else { return .object([:]) }
    let required = Set(schema.member("required").sandboxElements.compactMap(\.sandboxText))
    var object = OrderedObject()
    for member in properties where required.isEmpty || required.contains(member.key) {
      object[member.key] = value(for: member.value, depth: depth + 1)
    }
    return .object(object)
  }

  private mutating func number(for schema: Value) -> Double {
    if !numbers.isEmpty { return numbers.removeFirst() }
    return schema.member("minimum").asInteger.map { Double($0) } ?? 1
  }

  private mutating func text(for schema: Value) -> String {
    switch schema.member("format").sandboxText {
    case "date": return "2026-01-01"
    case "date-time": return "2026-01-01T00:00:00Z"
    case "time": return "00:00:00Z"
    case "email": return "someone@example.com"
    case "uri": return "https://example.com/"
    default: return names.isEmpty ? prompt : names.removeFirst()
    }
  }

  /// The first choice that the question names, or else the first.
  private func choice(of choices: [Value]) -> Value? {
    let asked = prompt.lowercased()
    return choices.first { $0.sandboxText.map { asked.contains($0.lowercased()) } ?? false } ?? choices.first
  }

  private func present(_ value: Value) -> Value? { value.isNull ? nil : value }

  private func typeName(of schema: Value) -> String? {
    if let name = schema.member("type").sandboxText { return name }
    let names = schema.member("type").sandboxElements.compactMap(\.sandboxText)
    return names.first { $0 != "null" } ?? (schema.member("properties").isNull ? nil : "object")
  }

  /// What a reference such as `#/$defs/City` leads to.
  private func target(of reference: String) -> Value {
    reference.split(separator: "/").dropFirst().reduce(root) { $0.member(String($1)) }
  }
}

extension Substring {
  /// Without punctuation around it.
  fileprivate var trimmingMarks: Substring {
    func isMark(_ character: Character) -> Bool { character.isPunctuation && character != "-" }
    let start = drop(while: isMark)
    return start[..<(start.lastIndex { !isMark($0) }.map { start.index(after: $0) } ?? start.startIndex)]
  }
}

extension Value {
  fileprivate var asInteger: Int? {
    switch self {
    case .integer(let number): number
    case .number(let number): Int(exactly: number.rounded())
    default: nil
    }
  }
}
