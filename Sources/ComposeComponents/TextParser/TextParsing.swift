import ComposeBasic
import ComposeRuntime

/// What a text is parsed as, and which part of it is wanted.
struct TextParsing: Sendable {
  /// What the text is written in, with what this needs.
  enum Format: Sendable {
    /// The schema is read when there is something to check.
    case json(schema: Value)
    case yaml
    case code
    case xml(root: String?, isValue: Bool)
    /// Without a separator the text is cut at blanks.
    case list(separator: String?)
    case table(Table)
    case regex(RegularExpression)
  }

  /// How the rows and columns of a table are told apart.
  struct Table: Sendable {
    let column: Unicode.Scalar
    let row: String
    let quote: Unicode.Scalar
    /// Whether the first row names the columns.
    let hasHeader: Bool
  }

  /// Which of several pieces is the result.
  enum Strategy: String, CaseIterable, Sendable {
    case first, last, all, largest
  }

  let format: Format
  let strategy: Strategy
  let fallback: Value

  /// The result of a text.
  func result(of text: String) throws(TextParserFault) -> Value {
    switch format {
    case .json(let schema):
      let candidates = try JSONExtraction(text).candidates
      guard let found = chosen(candidates.withoutRepetitions) else { return fallback }
      return try Self.accepts(found, schema) ? found : fallback
    case .yaml:
      let candidates = try YAMLExtraction(text).candidates
      return chosen(candidates.withoutRepetitions) ?? fallback
    case .code: return chosen(CodeBlocks(text).blocks.map { .text($0) }) ?? fallback
    case .xml(let root, let isValue):
      let blocks = try XMLExtraction(text, root: root).blocks
      guard isValue else { return chosen(blocks.map { .text($0) }) ?? fallback }
      var values: [Value] = []
      for block in blocks {
        if let element = try XMLReading.element(of: block, keepsContent: true) { values.append(element.value) }
      }
      return chosen(values) ?? fallback
    case .list(let separator): return .list(Self.items(of: text, separator).map { .text($0) })
    case .table(let table): return try table.value(of: text)
    case .regex(let pattern):
      let matches = try Self.matches(of: pattern, in: text)
      return chosen(matches) ?? fallback
    }
  }

  /// - Returns: `nil` when there is nothing to choose from.
  private func chosen(_ candidates: [Value]) -> Value? {
    guard let first = candidates.first else { return nil }
    switch strategy {
    case .first: return first
    case .last: return candidates.last
    case .all: return .list(candidates)
    case .largest:
      var (largest, size) = (first, first.printedLength)
      for candidate in candidates.dropFirst() where candidate.printedLength > size {
        (largest, size) = (candidate, candidate.printedLength)
      }
      return largest
    }
  }

  // MARK: Formats

  private static func accepts(_ value: Value, _ schema: Value) throws(TextParserFault) -> Bool {
    if schema.isNull { return true }
    let check: JSONSchemaCheck
    do throws(JSONSchemaFault) {
      check = try JSONSchemaCheck(schema)
    } catch {
      throw TextParserFault("json_schema", error.message)
    }
    return try check.accepts(value)
  }

  private static func items(of text: String, _ separator: String?) -> [String] {
    var text = text
    return text.withUTF8 { text in
      var items: [String] = []
      func add(_ range: Range<Int>) {
        let range = text.withoutBlanks(range)
        if !range.isEmpty { items.append(text.text(range)) }
      }
      var start = 0
      if let separator = separator.map({ Array($0.utf8) }) {
        while let end = text.firstIndex(of: separator, from: start) {
          add(start..<end)
          start = end + separator.count
        }
      } else {
        for position in 0..<text.count where text.blankWidth(at: position) > 0 {
          if position > start { add(start..<position) }
          start = position + text.blankWidth(at: position)
        }
      }
      add(start..<max(start, text.count))
      return items
    }
  }

  private static func matches(of pattern: RegularExpression, in text: String) throws(TextParserFault) -> [Value] {
    var matches: [Value] = []
    do throws(RegularExpressionError) {
      try pattern.forEachMatch(in: text) { match in
        let groups = match.groups.map { $0.map { .text($0) } ?? Value.null }
        if !pattern.groupNames.isEmpty {
          matches.append(.object(OrderedObject(pattern.groupNames.map { ($0.name, groups[$0.group - 1]) })))
        } else {
          matches.append(groups.isEmpty ? .text(match.text) : .list(groups))
        }
      }
    } catch {
      throw TextParserFault("regex_pattern", error.description)
    }
    return matches
  }
}

extension TextParsing.Table {
  /// A list of objects with a header, else a list of lists.
  func value(of text: String) throws(TextParserFault) -> Value {
    let lines = row == "\n" ? text : text.replacing(row, withLineFeeds: ())
    let rows = try TableReading(lines, delimiter: column, quote: quote).rows
    guard hasHeader, let header = rows.first else { return .list(rows.map { .list($0.map { .text($0) }) }) }
    return .list(
      rows.dropFirst().map { row in
        // Columns without a name, and names without a column, are left out.
        .object(OrderedObject(zip(header, row).map { ($0, .text($1)) }))
      })
  }
}

extension String {
  /// With a line feed for each occurrence; an empty text occurs between all characters.
  fileprivate func replacing(_ text: String, withLineFeeds: Void) -> String {
    if text.isEmpty { return "\n" + unicodeScalars.map { "\($0)\n" }.joined() }
    var copy = self
    return copy.withUTF8 { bytes in
      let searched = Array(text.utf8)
      var result: [UInt8] = []
      var start = 0
      while let end = bytes.firstIndex(of: searched, from: start) {
        result += bytes[start..<end]
        result.append(UInt8(ascii: "\n"))
        start = end + searched.count
      }
      result += bytes[start...]
      return String(decoding: result, as: UTF8.self)
    }
  }
}

extension [Value] {
  /// Without values that were there before; the order of members does not count.
  fileprivate var withoutRepetitions: [Value] {
    if count < 2 { return self }
    var seen: Set<[UInt8]> = []
    return filter { value in seen.insert([UInt8](value.withSortedMembers.jsonText.utf8)).inserted }
  }
}

extension Value {
  fileprivate var withSortedMembers: Value {
    switch self {
    case .list(let list): return .list(list.map(\.withSortedMembers))
    case .object(let object):
      let members = object.map { ($0.key, $0.value.withSortedMembers) }
      return .object(OrderedObject(members.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }))
    default: return self
    }
  }

  /// How long the value is, in characters: a text as it is, others as JSON with nothing but ASCII in it.
  fileprivate var printedLength: Int {
    if case .text(let text) = self { return text.unicodeScalars.count }
    return jsonLength
  }

  private var jsonLength: Int {
    switch self {
    case .text(let text): text.asciiJSONLength
    case .list(let list): 2 + list.reduce(0) { $0 + $1.jsonLength } + 2 * max(0, list.count - 1)
    case .object(let object):
      object.reduce(2 + 2 * max(0, object.count - 1)) { $0 + $1.key.asciiJSONLength + 2 + $1.value.jsonLength }
    default: jsonText.utf8.count
    }
  }
}

extension String {
  /// How long the text is as JSON in which everything else than ASCII is escaped.
  fileprivate var asciiJSONLength: Int {
    unicodeScalars.reduce(2) { length, scalar in
      switch scalar.value {
      case 0x22, 0x5C, 0x08, 0x09, 0x0A, 0x0C, 0x0D: length + 2
      case 0x20..<0x80: length + 1
      case 0x1_0000...: length + 12
      default: length + 6
      }
    }
  }
}
