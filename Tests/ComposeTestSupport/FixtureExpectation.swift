package import ComposeBasic

/// What a comment in a fixture says must be found there.
///
///     # error: 20 [undefined-component] "did you mean 'gpt-4'?"
///
/// `error`, `warning` or `note`; optionally `@+n`; a colon; optionally the column in UTF-8 bytes; the code, which is
/// required; optionally a part of the message. `# revealed: T` asserts a type instead. A comment at the end of a line
/// speaks of its own line, one that has a line to itself of the next line that is not an expectation, and `@+n` of
/// the line n below the comment. One comment may hold several, each with its own `#`.
package struct FixtureExpectation: Hashable, Sendable {
  /// What the comment speaks of.
  package enum Subject: Hashable, Sendable {
    case finding(Severity, code: String, text: String?)
    /// The type of the expression on the line, as it is printed.
    case type(String)
  }

  package let subject: Subject
  package let file: SourceFile.ID
  /// The 1-based line of the comment.
  package let line: Int
  /// The 1-based column of the comment's `#`, in bytes.
  package let column: Int
  /// The 1-based line spoken of.
  package internal(set) var targetLine: Int
  /// The 1-based column the finding must begin at, in bytes.
  package let targetColumn: Int?

  /// All expectations of a file in the order of its lines, and the comments that look like one but are not.
  package static func all(in file: SourceFile) -> (expectations: [FixtureExpectation], failures: [MatchFailure]) {
    var expectations: [FixtureExpectation] = []
    var failures: [MatchFailure] = []
    var waiting: [Int] = []
    for line in 1...file.lines.count {
      let range = file.lines.range(ofLine: line)
      let text = String(decoding: file.bytes[range], as: UTF8.self)
      var reader = ExpectationReader(text, file: file.id, line: line)
      reader.readAll()
      failures += reader.failures.map {
        MatchFailure(path: file.path, line: line, column: $0.column, message: $0.message)
      }
      let first = expectations.count
      expectations += reader.expectations.map(\.expectation)
      if reader.isFullLine {
        for (offset, found) in reader.expectations.enumerated() where !found.hasOffset {
          waiting.append(first + offset)
        }
      } else {
        for index in waiting { expectations[index].targetLine = line }
        waiting = []
      }
    }
    return (expectations, failures)
  }
}

/// Reads the expectations of one line.
private struct ExpectationReader {
  private let bytes: [UInt8]
  private let file: SourceFile.ID
  private let line: Int
  private var index = 0
  private(set) var expectations: [(expectation: FixtureExpectation, hasOffset: Bool)] = []
  private(set) var failures: [(column: Int, message: String)] = []
  /// Whether the line holds nothing but expectations.
  private(set) var isFullLine = false

  init(_ text: String, file: SourceFile.ID, line: Int) {
    bytes = Array(text.utf8)
    self.file = file
    self.line = line
  }

  mutating func readAll() {
    guard let start = bytes.indices.first(where: { opens(at: $0) != nil }) else { return }
    isFullLine = bytes[..<start].allSatisfy(isBlank)
    index = start
    while let (word, end) = opens(at: index) {
      let column = index + 1
      index = end
      do throws(Malformed) {
        expectations.append(try readOne(word, column: column))
      } catch {
        failures.append((column, "malformed expectation: \(error.message)"))
        return
      }
      skipBlanks()
    }
    if index < bytes.count {
      failures.append((index + 1, "malformed expectation: '\(text(from: index))' is not understood"))
    }
  }

  private struct Malformed: Error {
    let message: String
  }

  /// The word of the expectation whose `#` stands at the offset, and the offset behind the word.
  private func opens(at offset: Int) -> (word: String, end: Int)? {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "#") else { return nil }
    guard offset == 0 || isBlank(bytes[offset - 1]) else { return nil }
    var start = offset + 1
    while start < bytes.count, isBlank(bytes[start]) { start += 1 }
    for word in ["error", "warning", "note", "revealed"] where bytes[start...].starts(with: word.utf8) {
      let end = start + word.utf8.count
      if end < bytes.count, bytes[end] == UInt8(ascii: ":") || bytes[end] == UInt8(ascii: "@") { return (word, end) }
    }
    return nil
  }

  private mutating func readOne(
    _ word: String, column: Int
  ) throws(Malformed) -> (expectation: FixtureExpectation, hasOffset: Bool) {
    var target = line
    let hasOffset = take("@")
    if hasOffset {
      guard take("+"), let distance = takeNumber() else { throw Malformed(message: "'@' needs '+' and a number") }
      target += distance
    }
    guard take(":") else { throw Malformed(message: "':' is missing") }
    skipBlanks()
    guard let severity = Severity(rawValue: word) else {
      let type = String(text(from: index).reversed().drop { $0 == " " || $0 == "\t" }.reversed())
      index = bytes.count
      if type.isEmpty { throw Malformed(message: "the type is missing") }
      return (expectation(.type(type), column, target, nil), hasOffset)
    }
    let targetColumn = takeNumber()
    skipBlanks()
    guard take("["), let end = bytes[index...].firstIndex(of: UInt8(ascii: "]")), end > index else {
      throw Malformed(message: "the code in square brackets is missing")
    }
    let code = String(decoding: bytes[index..<end], as: UTF8.self)
    index = end + 1
    skipBlanks()
    let text = try takeQuoted()
    return (expectation(.finding(severity, code: code, text: text), column, target, targetColumn), hasOffset)
  }

  private func expectation(
    _ subject: FixtureExpectation.Subject, _ column: Int, _ target: Int, _ targetColumn: Int?
  ) -> FixtureExpectation {
    FixtureExpectation(
      subject: subject, file: file, line: line, column: column, targetLine: target, targetColumn: targetColumn)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func takeNumber() -> Int? {
    let digits = bytes[index...].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    index += digits.count
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// `"…"` in which `\"` and `\\` stand for a quote and a backslash.
  private mutating func takeQuoted() throws(Malformed) -> String? {
    guard take("\"") else { return nil }
    var content: [UInt8] = []
    while index < bytes.count {
      if take("\"") { return String(decoding: content, as: UTF8.self) }
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
      content.append(bytes[index])
      index += 1
    }
    throw Malformed(message: "the closing quote is missing")
  }

  private mutating func skipBlanks() {
    while index < bytes.count, isBlank(bytes[index]) { index += 1 }
  }

  private func text(from start: Int) -> String { String(decoding: bytes[start...], as: UTF8.self) }

  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
