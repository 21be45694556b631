import ComposeBasic
import ComposeSyntax

extension ShapeType {
  /// What is wrong with a scalar in a field that holds scalars.
  func scalarProblem(_ scalar: YAMLScalar) -> ShapeProblem? {
    switch self {
    case .text, .reference, .kind(.url), .kind(.path), .kind(.timestamp): textProblem(scalar)
    case .choice(let names): choiceProblem(scalar, names)
    case .boolean: Self.truth(of: scalar) == nil ? ShapeProblem("must be true or false") : nil
    case .integer, .port:
      if case .boolean = scalar.value { Self.booleanNumber(scalar) } else { integerProblem(scalar) }
    case .exactInteger: exactIntegerProblem(scalar)
    case .number: number(scalar) == nil ? ShapeProblem("must be a number") : nil
    case .bounded(let inner, let bounds):
      inner.scalarProblem(scalar) ?? inner.boundsProblem(scalar, bounds)
    case .kind(.duration): durationProblem(scalar)
    case .kind(.size): number(scalar) == nil ? sizeProblem(scalar) : nil
    case .kind(.rate): textProblem(scalar)
    case .kind(.forward): integer(scalar) == nil ? textProblem(scalar) : nil
    default: nil
    }
  }

  private func boundsProblem(_ scalar: YAMLScalar, _ bounds: ShapeBounds) -> ShapeProblem? {
    guard let value = number(scalar) else { return nil }
    return bounds.contains(value) ? nil : ShapeProblem("must be \(bounds.requirement)", isAboutMeaning: true)
  }

  // MARK: Numbers

  private func integerProblem(_ scalar: YAMLScalar) -> ShapeProblem? {
    let number = integer(scalar)
    guard self == .port else {
      return number == nil ? ShapeProblem("must be an integer", isAboutMeaning: scalar.style != .plain) : nil
    }
    guard let number else { return ShapeProblem("must be a port number from 1 to 65535") }
    return (1...65535).contains(number) ? nil : ShapeProblem("must be between 1 and 65535")
  }

  private static func booleanNumber(_ scalar: YAMLScalar) -> ShapeProblem {
    ShapeProblem(
      "must be an integer, but '\(scalar.text)' is a boolean",
      reference: "takes it for \(scalar.value == .boolean(true) ? 1 : 0)")
  }

  private func integer(_ scalar: YAMLScalar) -> Int? {
    switch scalar.value {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    case .boolean(let value): value ? 1 : 0
    case .text(let text): Self.number(inText: text).flatMap { Int(exactly: $0) }
    default: nil
    }
  }

  private func number(_ scalar: YAMLScalar) -> Double? {
    switch scalar.value {
    case .integer(let value): Double(value)
    case .bigInteger(let digits): Double(digits)
    case .number(let value): value
    case .boolean(let value): value ? 1 : 0
    case .text(let text): Self.number(inText: text)
    default: nil
    }
  }

  private static func number(inText text: String) -> Double? {
    let bytes = text.utf8.drop { $0 == UInt8(ascii: " ") }.filter { $0 != UInt8(ascii: "_") }
    return Double(String(decoding: bytes, as: UTF8.self).prefix { $0 != " " })
  }

  private func exactIntegerProblem(_ scalar: YAMLScalar) -> ShapeProblem? {
    switch scalar.value {
    case .integer, .bigInteger, .boolean(true): return nil
    case .text where integer(scalar) != nil:
      return ShapeProblem(
        "must be an integer, but \"\(scalar.text)\" is text", help: "remove the quotes", replacement: scalar.text,
        isCertain: true, isAboutMeaning: true)
    default: return ShapeProblem("must be an integer", isAboutMeaning: true)
    }
  }

  // MARK: Texts

  private func textProblem(_ scalar: YAMLScalar) -> ShapeProblem? {
    let kind: String
    switch scalar.value {
    case .text: return nil
    case .null: kind = "null"
    case .boolean: kind = "a boolean"
    case .integer, .bigInteger, .number: kind = "a number"
    case .timestamp:
      if self == .kind(.timestamp) { return nil }
      kind = "a date"
    }
    let isNull = scalar.value == .null
    return ShapeProblem(
      "must be text, but \(scalar.text.isEmpty ? "an empty value" : "'\(scalar.text)'") is \(kind)",
      help: isNull ? nil : "quote it",
      replacement: isNull ? nil : "\"\(scalar.text)\"",
      isCertain: true,
      isAboutMeaning: self == .kind(.timestamp))
  }

  private func choiceProblem(_ scalar: YAMLScalar, _ names: [String]) -> ShapeProblem? {
    if names.contains(scalar.text) { return nil }
    let best = operatorName(scalar.text, among: names) ?? suggestion(for: scalar.text, among: names)
    return ShapeProblem(
      "cannot be \(scalar.text.isEmpty ? "empty" : "'\(scalar.text)'")",
      help: best.map { "did you mean '\($0)'?" }
        ?? (names.count > 40 ? nil : "use " + Self.alternatives(names.map { "'\($0)'" })),
      replacement: best)
  }

  /// Comparisons are written in words.
  private func operatorName(_ text: String, among names: [String]) -> String? {
    let name =
      switch text {
      case "==", "=", "===", "equals", "is": "eq"
      case "!=", "<>", "not": "neq"
      case ">": "gt"
      case ">=", "ge": "gte"
      case "<": "lt"
      case "<=", "le": "lte"
      case "=~", "matches", "regex": "match"
      default: ""
      }
    return names.contains(name) ? name : nil
  }

  // MARK: Durations and sizes

  private func durationProblem(_ scalar: YAMLScalar) -> ShapeProblem? {
    let help = "write seconds, or a number with ms, s, m, h or d: 500ms, 10s, 1.5m"
    switch scalar.value {
    case .integer, .bigInteger, .number: return nil
    case .boolean:
      return ShapeProblem(
        "must be a duration, not a boolean", help: help, reference: "takes it for 1 second, or 0", isAboutMeaning: true)
    case .text(let text):
      return seconds(inDuration: text) == nil
        ? ShapeProblem(
          "must be a duration", help: help, reference: "fails when it reads the text", isAboutMeaning: true) : nil
    case .null, .timestamp: return ShapeProblem("must be a duration", help: help)
    }
  }

  private func sizeProblem(_ scalar: YAMLScalar) -> ShapeProblem? {
    guard case .text(let text) = scalar.value else { return ShapeProblem("must be a size in bytes") }
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }
    guard Double(digits) != nil, ["", "B", "K", "KB", "M", "MB", "G", "GB"].contains(unit) else {
      return ShapeProblem(
        "must be a size in bytes", help: "write bytes, or a number with B, KB, MB or GB: 64KB, 50M",
        reference: "fails when it reads the text", isAboutMeaning: true)
    }
    return nil
  }

  // MARK: Truth

  private static func truth(of scalar: YAMLScalar) -> Bool? {
    if case .boolean(let value) = scalar.value { return value }
    switch scalar.text.lowercased() {
    case "true", "yes", "on", "t", "y", "1": return true
    case "false", "no", "off", "f", "n", "0": return false
    default: return nil
    }
  }

  /// Where an expression may stand, the reference keeps a text as it is, and any text counts as true.
  func renderedBooleanProblem(_ node: YAMLNode) -> ShapeProblem? {
    guard let scalar = node.scalar, case .text = scalar.value else { return ShapeType.boolean.problem(with: node) }
    switch Self.truth(of: scalar) {
    case true?: return nil
    case false?:
      return ShapeProblem(
        "must be true or false, but \"\(scalar.text)\" is text, which counts as true", help: "remove the quotes",
        replacement: "false", isCertain: false, reference: "takes it for true", isAboutMeaning: true)
    case nil: return ShapeProblem("must be true or false", reference: "takes it for true", isAboutMeaning: true)
    }
  }
}
