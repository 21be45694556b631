import ComposeBasic

/// Builds the nodes of a document from the parser's events.
struct YAMLComposer: ~Copyable {
  /// Why composing ended early.
  struct Stop: Error {
    /// A syntax error that is still to be reported; without one the finding has been emitted.
    let fault: YAMLSyntaxFault?
    /// How far the text was read.
    let offset: Int
  }

  /// A node with what limits need to know.
  struct Composed {
    let node: YAMLNode
    /// Behind the node in the expanded text.
    let end: Int
    /// How many nodes it consists of, aliases expanded.
    var size = 1
    /// How many levels it has.
    var height = 1
  }

  /// Deeper files are refused: later stages recurse, and libyaml's time grows with the square of flow depth.
  static let maximumDepth = 256
  /// How many nodes aliases may add to a document.
  static let maximumAliasedNodes = 100_000

  let text: ExpandedText
  var diagnostics = Diagnostics()
  /// By reference: whether it occurs in a scalar.
  var isUsed: [Bool]
  private var parser: YAMLParser
  private var anchors: [String: Composed] = [:]
  private var openAnchors: [String] = []
  private var aliasedNodes = 0
  private var flowDepth = 0

  init(_ text: ExpandedText) {
    self.text = text
    isUsed = [Bool](repeating: false, count: text.references.count)
    parser = YAMLParser(text.bytes)
  }

  /// The root of the only document; `nil` when there is nothing but comments.
  mutating func document() throws(Stop) -> YAMLNode? {
    var root: YAMLNode?
    var hasDocument = false
    while true {
      let event = try next()
      switch event.kind {
      case .streamEnd: return root
      case .documentStart:
        guard !hasDocument else {
          diagnostics.emit(.multipleDocuments(at: place(firstWord(event.range.lowerBound))))
          // Half a program would only seem to have further mistakes.
          return nil
        }
        hasDocument = true
        let first = try next()
        let composed = try node(first, depth: 1)
        if case .scalar(let value, .plain) = first.kind, value.isEmpty, first.tag == nil { continue }
        root = composed.node
      default: continue
      }
    }
  }

  // MARK: Nodes

  private mutating func node(_ event: YAMLEvent, depth: Int) throws(Stop) -> Composed {
    guard depth <= Self.maximumDepth else { throw tooDeep(at: event.range.lowerBound) }
    if case .alias = event.kind { return try alias(event, depth: depth) }
    let count = (event.anchor == nil ? 0 : 1) + (event.tag == nil ? 0 : 1)
    let properties = NodeProperties(text.bytes, from: event.range.lowerBound, count: count)
    if let anchor = event.anchor { openAnchors.append(anchor) }
    var composed: Composed
    switch event.kind {
    case .scalar(let value, let style): composed = scalar(value, style, event, properties)
    case .sequenceStart(let isFlow): composed = try sequence(event, isFlow, properties, depth)
    case .mappingStart(let isFlow): composed = try mapping(event, isFlow, properties, depth)
    default: composed = Composed(node: emptyNode(at: event.range.lowerBound), end: event.range.lowerBound)
    }
    checkTag(event, properties)
    if let anchor = event.anchor {
      openAnchors.removeLast()
      anchors[anchor] = composed
    }
    return composed
  }

  private mutating func alias(_ event: YAMLEvent, depth: Int) throws(Stop) -> Composed {
    let name = event.anchor ?? ""
    let range = place(event.range)
    guard let target = anchors[name] else {
      diagnostics.emit(.undefinedAlias(name, isRecursive: openAnchors.contains(name), at: range))
      // An empty text with a range, which no file can hold, stands for the node that is not there.
      let missing = YAMLNode(emptyNode(at: event.range.lowerBound).content, at: range)
      return Composed(node: missing, end: event.range.upperBound)
    }
    guard depth + target.height - 1 <= Self.maximumDepth else { throw tooDeep(at: event.range.lowerBound) }
    aliasedNodes += target.size
    guard aliasedNodes <= Self.maximumAliasedNodes else {
      diagnostics.emit(.aliasExpansion(limit: Self.maximumAliasedNodes, at: range))
      throw Stop(fault: nil, offset: event.range.lowerBound)
    }
    return Composed(
      node: YAMLNode(target.node.content, at: range), end: event.range.upperBound, size: target.size,
      height: target.height)
  }

  private mutating func sequence(
    _ event: YAMLEvent, _ isFlow: Bool, _ properties: NodeProperties, _ depth: Int
  ) throws(Stop) -> Composed {
    var items: [YAMLNode] = []
    var extent = Extent(start: properties.contentStart)
    if isFlow { flowDepth += 1 }
    while true {
      let child = try next()
      if case .collectionEnd = child.kind {
        if isFlow { extent.end = max(extent.end, child.range.upperBound) }
        break
      }
      let item = try node(child, depth: depth + 1)
      extent.add(item)
      items.append(item.node)
    }
    if isFlow { flowDepth -= 1 }
    return extent.composed(.sequence(items), place(extent.range))
  }

  private mutating func mapping(
    _ event: YAMLEvent, _ isFlow: Bool, _ properties: NodeProperties, _ depth: Int
  ) throws(Stop) -> Composed {
    var builder = MappingBuilder()
    var extent = Extent(start: properties.contentStart)
    // `[a: b]` makes a mapping without braces of its own; its end event stands at the next token.
    let hasBraces = isFlow && text.bytes.has("{", at: properties.contentStart)
    if isFlow { flowDepth += 1 }
    while true {
      let keyEvent = try next()
      if case .collectionEnd = keyEvent.kind {
        if hasBraces { extent.end = max(extent.end, keyEvent.range.upperBound) }
        break
      }
      let key = try node(keyEvent, depth: depth + 1)
      if key.node.mapping != nil, hasBraces, text.bytes.has("{{", at: properties.contentStart) {
        let braces = properties.contentStart..<properties.contentStart + 2
        diagnostics.emit(.doubleBraces(at: place(braces)))
        builder.ignoresComplexKeys = true
      }
      let value = try node(try next(), depth: depth + 1)
      extent.add(key)
      extent.add(value)
      builder.add(YAMLEntry(key: key.node, value: value.node), isTagged: keyEvent.tag != nil, in: text, &diagnostics)
    }
    if isFlow { flowDepth -= 1 }
    return extent.composed(.mapping(builder.entries), place(extent.range))
  }

  // MARK: Scalars

  private mutating func scalar(
    _ value: [UInt8], _ style: YAMLScalar.Style, _ event: YAMLEvent, _ properties: NodeProperties
  ) -> Composed {
    guard !value.isEmpty || style != .plain else {
      // libyaml puts an absent value where the next token starts; behind the last thing read is nearer.
      let hasProperties = properties.end > event.range.lowerBound
      let position = hasProperties ? properties.end : beforeBlanks(event.range.lowerBound)
      let node = emptyNode(at: position, isText: event.tag == CoreTag.string.rawValue)
      return Composed(node: node, end: position)
    }
    let isBlock = style == .literal || style == .folded
    let end = isBlock ? beforeBlanks(event.range.upperBound) : event.range.upperBound
    let range = properties.contentStart..<max(properties.contentStart, end)
    let scanned = range.lowerBound..<max(range.upperBound, event.range.upperBound)
    let read = readScalar(value, style, range: range, scanned: scanned, tag: event.tag, isInFlow: flowDepth > 0)
    return Composed(node: YAMLNode(.scalar(read), at: place(range)), end: range.upperBound)
  }

  private func emptyNode(at offset: Int, isText: Bool = false) -> YAMLNode {
    let range = place(offset..<offset)
    let map = ScalarMap(segments: [], scalarRange: range)
    return YAMLNode(
      .scalar(YAMLScalar(text: "", style: .plain, value: isText ? .text("") : .null, map: map)), at: range)
  }

  // MARK: Positions

  func place(_ range: Range<Int>) -> SourceRange { text.range(range) }

  private func beforeBlanks(_ offset: Int) -> Int {
    var offset = offset
    while offset > 0, text.bytes[offset - 1].isYAMLBlank || text.bytes[offset - 1].isYAMLBreak { offset -= 1 }
    return offset
  }

  private func firstWord(_ offset: Int) -> Range<Int> {
    var end = offset
    while end < text.bytes.count, !text.bytes[end].isYAMLBlank, !text.bytes[end].isYAMLBreak { end += 1 }
    return offset..<end
  }

  private mutating func next() throws(Stop) -> YAMLEvent {
    do throws(YAMLSyntaxFault) {
      return try parser.next()
    } catch {
      throw Stop(fault: error, offset: min(error.offset, error.context == nil ? error.offset : error.contextOffset))
    }
  }

  private mutating func tooDeep(at offset: Int) -> Stop {
    diagnostics.emit(.tooDeep(limit: Self.maximumDepth, at: place(offset..<offset)))
    return Stop(fault: nil, offset: offset)
  }
}

/// The range, size and height of a collection while its children are read.
private struct Extent {
  var start: Int
  var end: Int
  private var size = 1
  private var height = 1

  init(start: Int) {
    self.start = start
    end = start
  }

  var range: Range<Int> { start..<max(start, end) }

  mutating func add(_ child: YAMLComposer.Composed) {
    end = max(end, child.end)
    // Saturating: nested aliases multiply.
    size = min(size + child.size, .max / 4)
    height = max(height, child.height + 1)
  }

  func composed(_ content: YAMLNode.Content, _ place: SourceRange) -> YAMLComposer.Composed {
    YAMLComposer.Composed(node: YAMLNode(content, at: place), end: range.upperBound, size: size, height: height)
  }
}
