import ComposeBasic

/// An environment reference with its value, and what is wrong with it.
struct ResolvedReference {
  enum Problem {
    case unset
    case unknownCast(String, at: SourceRange)
    /// The second value names where the value came from.
    case castFailed(EnvironmentCast, origin: String?)
    /// `${env.NAME:-default}`, as a shell writes it; without a value for `${env.NAME:?message}`.
    case shellDefault(name: String, value: String?)
  }

  let syntax: EnvironmentReferenceSyntax
  let reference: EnvironmentReference
  let cast: EnvironmentCast?
  let problem: Problem?
  /// What text substitution would put into the file: the value, `as string` as a JSON string, or the reference's own
  /// text where there is no value.
  let substitution: [UInt8]
  /// The default holds another `${`, which the first `}` cuts in two.
  let hasNestedDefault: Bool
  /// The value is a default over several lines that are indented deeper than the reference: YAML folds them.
  let isFoldable: Bool

  init(_ syntax: EnvironmentReferenceSyntax, in source: SourceFile, environment: Environment) {
    self.syntax = syntax
    let bytes = source.bytes
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    func place(_ range: Range<Int>) -> SourceRange {
      SourceRange(file: source.id, start: range.lowerBound, end: range.upperBound)
    }
    let name = text(syntax.nameRange)
    let variable = environment[name]
    let raw = variable?.value ?? syntax.defaultRange.map(text)
    var problem: Problem?
    var cast: EnvironmentCast?
    var value = raw
    if let castRange = syntax.castRange {
      cast = EnvironmentCast(rawValue: text(castRange))
      if let cast {
        value = raw.flatMap(cast.apply)
        if raw != nil, value == nil { problem = .castFailed(cast, origin: variable?.origin) }
      } else {
        value = nil
        problem = .unknownCast(text(castRange), at: place(castRange))
      }
    }
    if raw == nil, problem == nil { problem = Problem.unset(name) }
    self.cast = cast
    self.problem = problem
    self.reference = EnvironmentReference(
      name: name,
      value: value,
      origin: value == nil ? nil : variable?.origin ?? "default",
      range: place(syntax.range),
      isSecret: EnvironmentReference.isSecretName(name),
      cast: syntax.castRange.map(text),
      fallback: syntax.defaultRange.map(text)
    )
    self.hasNestedDefault = syntax.defaultRange.map { containsExpression(bytes[$0]) } ?? false
    self.isFoldable = variable == nil && (syntax.defaultRange.map { isContinued(bytes, $0, of: syntax) } ?? false)
    guard let value else {
      self.substitution = Array(bytes[syntax.range])
      return
    }
    if cast == .string {
      var quoted: [UInt8] = []
      JSONWriter.appendQuoted(value, to: &quoted)
      self.substitution = asciiJSON(quoted)
    } else {
      self.substitution = Array(value.utf8)
    }
  }
}

/// JSON text with escapes for everything that is not ASCII, as the reference writes it (RFC 8259, section 7).
private func asciiJSON(_ text: [UInt8]) -> [UInt8] {
  if text.allSatisfy({ $0 < 0x80 }) { return text }
  var ascii: [UInt8] = []
  for unit in String(decoding: text, as: UTF8.self).utf16 {
    if unit < 0x80 {
      ascii.append(UInt8(unit))
    } else {
      let digits = String(unit, radix: 16)
      ascii += Array("\\u".utf8) + Array(repeating: UInt8(ascii: "0"), count: 4 - digits.utf8.count) + digits.utf8
    }
  }
  return ascii
}

extension ResolvedReference.Problem {
  /// An unset variable, or the shell's way of giving it a default.
  fileprivate static func unset(_ name: String) -> Self {
    let bytes = Array(name.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
      bytes.has(":-", at: colon) || bytes.has(":?", at: colon) || bytes.has(":=", at: colon)
    else {
      return .unset
    }
    let isRequired = bytes[colon + 1] == UInt8(ascii: "?")
    return .shellDefault(
      name: String(decoding: bytes[..<colon], as: UTF8.self),
      value: isRequired ? nil : String(decoding: bytes[(colon + 2)...], as: UTF8.self)
    )
  }
}

/// Whether every further line of a default is indented deeper than the line where the reference starts.
private func isContinued(_ bytes: [UInt8], _ range: Range<Int>, of syntax: EnvironmentReferenceSyntax) -> Bool {
  var start = syntax.range.lowerBound
  while start > 0, !bytes[start - 1].isYAMLBreak { start -= 1 }
  let indentation = bytes[start...].prefix { $0 == UInt8(ascii: " ") }.count
  var index = range.lowerBound
  while let lineBreak = bytes[index..<range.upperBound].firstIndex(where: \.isYAMLBreak) {
    index = lineBreak + breakLength(bytes, at: lineBreak)
    let line = bytes[index..<range.upperBound]
    let depth = line.prefix { $0 == UInt8(ascii: " ") }.count
    if depth <= indentation, line.first?.isYAMLBreak == false { return false }
  }
  return true
}

/// Whether `${` occurs.
func containsExpression(_ bytes: some Collection<UInt8>) -> Bool {
  var previous: UInt8 = 0
  for byte in bytes {
    if previous == UInt8(ascii: "$"), byte == UInt8(ascii: "{") { return true }
    previous = byte
  }
  return false
}
