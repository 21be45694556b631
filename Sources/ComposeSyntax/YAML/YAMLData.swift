/// What a YAML text says, when it is data and no file of this program: without positions, and with keys of any kind.
package indirect enum YAMLData: Sendable {
  case scalar(ScalarValue)
  case sequence([YAMLData])
  case mapping([(key: ScalarValue, value: YAMLData)])
}

/// Why a YAML text gives no data.
package enum YAMLDataFault: Error {
  /// PyYAML reads it as no YAML, too.
  case notYAML(String)
  /// PyYAML fails in another way, or reads something that is not read here. The text goes on from "the YAML ".
  case unusable(String)
}

/// Reads one YAML 1.1 document as PyYAML's `safe_load` would. References to the environment are plain text here.
///
/// - Returns: `nil` when there is nothing but comments.
package func readYAMLData(_ text: String) throws(YAMLDataFault) -> YAMLData? {
  for scalar in text.unicodeScalars where !scalar.isAllowedInYAML {
    throw .notYAML("a control character")
  }
  var reader = YAMLDataReader(Array(text.utf8))
  return try reader.document()
}

/// Builds data from the parser's events.
private struct YAMLDataReader: ~Copyable {
  private var parser: YAMLParser
  private var anchors: [String: Anchored] = [:]
  /// How many nodes aliases have added.
  private var aliasedNodes = 0

  /// A node that aliases repeat; `nil` data while it is being read.
  private struct Anchored {
    var data: YAMLData?
    var size = 0
  }

  private static let maximumDepth = 256
  private static let maximumAliasedNodes = 1_000_000

  init(_ bytes: [UInt8]) { parser = YAMLParser(bytes) }

  mutating func document() throws(YAMLDataFault) -> YAMLData? {
    var root: YAMLData?
    var hasDocument = false
    while true {
      switch try next().kind {
      case .streamEnd: return root
      case .documentStart:
        guard !hasDocument else { throw .notYAML("a second document") }
        hasDocument = true
        root = try node(try next(), depth: 1).data
      default: continue
      }
    }
  }

  // MARK: Nodes

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLDataFault) -> (data: YAMLData, size: Int) {
    guard depth <= Self.maximumDepth else { throw .unusable("nests deeper than \(Self.maximumDepth) levels") }
    if case .alias = event.kind { return try alias(event) }
    if let anchor = event.anchor {
      guard anchors[anchor] == nil else { throw .notYAML("two anchors of one name") }
      anchors[anchor] = Anchored()
    }
    let result: (data: YAMLData, size: Int)
    switch event.kind {
    case .scalar(let bytes, let style):
      result = (.scalar(try value(String(decoding: bytes, as: UTF8.self), style, event.tag)), 1)
    case .sequenceStart: result = try sequence(event, depth)
    case .mappingStart: result = try mapping(event, depth)
    default: throw .notYAML("no value")
    }
    if let anchor = event.anchor { anchors[anchor] = Anchored(data: result.data, size: result.size) }
    return result
  }

  private mutating func alias(_ event: YAMLEvent) throws(YAMLDataFault) -> (data: YAMLData, size: Int) {
    guard let target = anchors[event.anchor ?? ""] else { throw .notYAML("an alias without an anchor") }
    guard let data = target.data else { throw .unusable("contains itself") }
    aliasedNodes += target.size
    guard aliasedNodes <= Self.maximumAliasedNodes else {
      throw .unusable("repeats more than \(Self.maximumAliasedNodes) values with aliases")
    }
    return (data, target.size)
  }

  private mutating func sequence(_ event: YAMLEvent, _ depth: Int) throws(YAMLDataFault) -> (data: YAMLData, size: Int)
  {
    var items: [YAMLData] = []
    var size = 1
    while true {
      let child = try next()
      if case .collectionEnd = child.kind { break }
      let item = try node(child, depth: depth + 1)
      items.append(item.data)
      size += item.size
    }
    try check(event.tag, is: .sequence)
    return (.sequence(items), size)
  }

  private mutating func mapping(_ event: YAMLEvent, _ depth: Int) throws(YAMLDataFault) -> (data: YAMLData, size: Int) {
    var own: [(key: ScalarValue, value: YAMLData)] = []
    var merged: [(key: ScalarValue, value: YAMLData)] = []
    var size = 1
    while true {
      let keyEvent = try next()
      if case .collectionEnd = keyEvent.kind { break }
      let isMerge = keyEvent.isPlain("<<")
      let isValueKey = keyEvent.isPlain("=")
      let key =
        isMerge || isValueKey ? (.scalar(.text(isMerge ? "<<" : "=")), 1) : try node(keyEvent, depth: depth + 1)
      let value = try node(try next(), depth: depth + 1)
      size += key.size + value.size
      if isMerge {
        merged += try mergedEntries(of: value.data)
        continue
      }
      guard case .scalar(let name) = key.data else { throw .notYAML("a key that is no scalar") }
      own.append((name, value.data))
    }
    try check(event.tag, is: .mapping)
    return (.mapping(unique(merged + own)), size)
  }

  private func mergedEntries(of value: YAMLData) throws(YAMLDataFault) -> [(key: ScalarValue, value: YAMLData)] {
    switch value {
    case .mapping(let entries): return entries
    case .sequence(let items):
      var all: [(key: ScalarValue, value: YAMLData)] = []
      for item in items.reversed() {
        guard case .mapping(let entries) = item else { throw .notYAML("a merge of something that is no mapping") }
        all += entries
      }
      return all
    case .scalar: throw .notYAML("a merge of something that is no mapping")
    }
  }

  /// The last of several equal keys wins, at the place of the first, and keeps the form of the first.
  private func unique(_ entries: [(key: ScalarValue, value: YAMLData)]) -> [(key: ScalarValue, value: YAMLData)] {
    var result: [(key: ScalarValue, value: YAMLData)] = []
    var places: [[UInt8]: Int] = [:]
    for entry in entries {
      let identity = entry.key.identity
      if let place = places[identity] {
        result[place].value = entry.value
      } else {
        places[identity] = result.count
        result.append(entry)
      }
    }
    return result
  }

  private mutating func next() throws(YAMLDataFault) -> YAMLEvent {
    do throws(YAMLSyntaxFault) {
      return try parser.next()
    } catch {
      throw .notYAML(error.problem)
    }
  }

  // MARK: Tags

  private func check(_ tag: String?, is expected: CoreTag) throws(YAMLDataFault) {
    guard let tag, tag != CoreTag.nonSpecific.rawValue else { return }
    try refuseUnread(tag)
    guard tag == expected.rawValue else { throw .notYAML("a tag that does not fit") }
  }

  private func refuseUnread(_ tag: String) throws(YAMLDataFault) {
    let unread = ["set", "omap", "pairs", "binary"]
    if let name = unread.first(where: { tag == "tag:yaml.org,2002:\($0)" }) {
      throw .unusable("has the tag '!!\(name)', which is not read by this version")
    }
  }

  private func value(
    _ text: String, _ style: YAMLScalar.Style, _ tag: String?
  ) throws(YAMLDataFault) -> ScalarValue {
    guard let tag else {
      guard style == .plain else { return .text(text) }
      // Both mean something only as keys.
      if text == "=" || text == "<<" { throw .notYAML("'\(text)' as a value") }
      return resolvePlainScalar(text)
    }
    let resolved = resolvePlainScalar(text)
    switch (CoreTag(rawValue: tag), resolved) {
    case (.nonSpecific, _): return resolved
    case (.string, _): return .text(text)
    case (.null, _): return .null
    case (.integer, .integer), (.integer, .bigInteger), (.number, .number), (.boolean, .boolean): return resolved
    case (.number, .integer(let integer)): return .number(Double(integer))
    case (.number, .text):
      guard let number = Double(text) else { break }
      return .number(number)
    case (.mapping, _), (.sequence, _): throw .notYAML("a tag that does not fit")
    default: break
    }
    if tag == "tag:yaml.org,2002:timestamp", case .timestamp = resolved { return resolved }
    try refuseUnread(tag)
    guard CoreTag(rawValue: tag) != nil || tag == "tag:yaml.org,2002:timestamp" else {
      throw .notYAML("an unknown tag")
    }
    throw .unusable("has a value that does not fit its tag")
  }
}

extension YAMLEvent {
  fileprivate func isPlain(_ text: String) -> Bool {
    guard tag == nil, case .scalar(let bytes, .plain) = kind else { return false }
    return bytes.elementsEqual(text.utf8)
  }
}

extension ScalarValue {
  /// The same for keys that Python takes for equal, and for no others: `1`, `1.0` and `true` are. Texts are compared by
  /// their code points.
  fileprivate var identity: [UInt8] {
    switch self {
    case .null: Array("null".utf8)
    case .boolean(let value): Array(value ? "number 1".utf8 : "number 0".utf8)
    case .integer(let value): Array("number \(value)".utf8)
    case .bigInteger(let digits): Array("number \(digits)".utf8)
    case .number(let number): Array("number \(Int(exactly: number).map(String.init) ?? "\(number)")".utf8)
    case .timestamp(let text): Array("time \(text)".utf8)
    case .text(let text): Array("text \(text)".utf8)
    }
  }
}

extension Unicode.Scalar {
  /// YAML 1.1, section 5.1.
  fileprivate var isAllowedInYAML: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x85, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
