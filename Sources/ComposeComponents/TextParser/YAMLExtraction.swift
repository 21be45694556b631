import ComposeRuntime
import ComposeSyntax

/// Finds the mappings and lists that a text has as YAML: its code blocks, and the parts between lines of three dashes.
struct YAMLExtraction {
  private(set) var candidates: [Value] = []

  /// - Throws: when something is YAML but cannot be used; the reference fails there, too.
  init(_ text: String) throws(TextParserFault) {
    for block in CodeBlocks(text).contents { try add(block) }
    for part in Self.parts(of: text) { try add(part) }
  }

  private mutating func add(_ text: String) throws(TextParserFault) {
    do throws(YAMLDataFault) {
      switch try readYAMLData(text) {
      case nil, .scalar?: return
      case let data?: candidates.append(try Value(data))
      }
    } catch {
      if case .unusable(let message) = error { throw TextParserFault("text", "has YAML that \(message)") }
    }
  }

  /// What is between lines that begin with `---` and have nothing but blanks behind it; blank parts are left out.
  private static func parts(of text: String) -> [String] {
    var text = text
    return text.withUTF8 { text in
      var parts: [Range<Int>] = []
      var start = 0
      var position = 0
      while let dashes = text.firstIndex(of: Array("---".utf8), from: position) {
        position = dashes + 1
        guard dashes == 0 || text[dashes - 1] == UInt8(ascii: "\n"), let end = separatorEnd(text, dashes + 3) else {
          continue
        }
        parts.append(start..<dashes)
        start = end
        position = end
      }
      parts.append(start..<text.count)
      return parts.map { text.withoutBlanks($0) }.filter { !$0.isEmpty }.map { text.text($0) }
    }
  }

  /// Behind the blanks that follow, as far as a line ends there.
  private static func separatorEnd(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    var end = start
    var lastLineEnd: Int?
    while true {
      if end == text.count || text[end] == UInt8(ascii: "\n") { lastLineEnd = end }
      let width = text.blankWidth(at: end)
      if width == 0 { return lastLineEnd }
      end += width
    }
  }
}

extension Value {
  /// The value of YAML data. Keys become texts as JSON writes them, dates as Python writes them.
  ///
  /// - Throws: for keys that JSON has no order for or cannot write; the reference fails there.
  fileprivate init(_ data: YAMLData) throws(YAMLDataFault) {
    switch data {
    case .scalar(let scalar): self = try Value(scalar)
    case .sequence(let items): self = .list(try items.map { (item) throws(YAMLDataFault) in try Value(item) })
    case .mapping(let entries):
      var object = OrderedObject()
      let kinds = Set(entries.map(\.key.keyKind))
      if kinds.contains("date") { throw .unusable("has a date as a key") }
      if kinds.count > 1 { throw .unusable("has keys of several kinds in one mapping") }
      for entry in entries { object[try entry.key.keyText] = try Value(entry.value) }
      self = .object(object)
    }
  }

  private init(_ scalar: ScalarValue) throws(YAMLDataFault) {
    switch scalar {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .bigInteger(let digits): self = .bigInteger(digits)
    case .number(let value): self = .number(value)
    case .text(let text): self = .text(text)
    case .timestamp(let text):
      guard let date = YAMLTimestamp(text) else { throw .unusable("has '\(text)', which is no date") }
      self = .text(date.text)
    }
  }
}

extension ScalarValue {
  /// Keys of one kind can be put in order.
  fileprivate var keyKind: String {
    switch self {
    case .null: "null"
    case .boolean, .integer, .bigInteger, .number: "number"
    case .timestamp: "date"
    case .text: "text"
    }
  }

  fileprivate var keyText: String {
    get throws(YAMLDataFault) {
      switch self {
      case .text(let text): text
      case .null: "null"
      case .boolean(let value): value ? "true" : "false"
      case .integer(let value): String(value)
      case .bigInteger(let digits): digits
      case .number(let number): Value.number(number).jsonText
      case .timestamp: throw .unusable("has a date as a key")
      }
    }
  }
}
