import CYAML

/// One step of a YAML stream, with its byte range in the parsed text.
struct YAMLEvent {
  enum Kind {
    case documentStart
    case documentEnd
    case alias
    case scalar([UInt8], YAMLScalar.Style)
    case sequenceStart(isFlow: Bool)
    case mappingStart(isFlow: Bool)
    case collectionEnd
    case streamEnd
    case other
  }

  let kind: Kind
  /// The range that libyaml gives: it starts at an anchor or tag, and the end of a block collection is where the next
  /// token starts.
  let range: Range<Int>
  /// The anchor's name, or the alias's.
  let anchor: String?
  /// The tag with its handle resolved.
  let tag: String?
}

/// libyaml's account of a syntax error, in byte offsets of the parsed text.
struct YAMLSyntaxFault: Error {
  let problem: String
  let offset: Int
  let context: String?
  let contextOffset: Int
}

/// Owns a `yaml_parser_t` and turns its events into values with byte offsets.
struct YAMLParser: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let index: CharacterIndex
  private let isUsable: Bool

  init(_ bytes: [UInt8]) {
    index = CharacterIndex(bytes)
    input = .allocate(capacity: max(bytes.count, 1))
    _ = input.update(fromContentsOf: bytes)
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    isUsable = yaml_parser_initialize(parser) == 1
    guard isUsable else { return }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    if isUsable { yaml_parser_delete(parser) }
    parser.deallocate()
    input.deallocate()
  }

  /// The next event. After `streamEnd` or an error it must not be called again.
  mutating func next() throws(YAMLSyntaxFault) -> YAMLEvent {
    guard isUsable else { throw YAMLSyntaxFault(problem: "out of memory", offset: 0, context: nil, contextOffset: 0) }
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw fault() }
    defer { yaml_event_delete(&event) }
    let start = index.byteOffset(ofCharacter: event.start_mark.index)
    let end = index.byteOffset(ofCharacter: event.end_mark.index)
    let range = start..<max(start, end)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let value = [UInt8](UnsafeBufferPointer(start: scalar.value, count: scalar.length))
      return YAMLEvent(
        kind: .scalar(value, style(scalar.style)), range: range, anchor: text(scalar.anchor), tag: text(scalar.tag))
    case YAML_ALIAS_EVENT:
      return YAMLEvent(kind: .alias, range: range, anchor: text(event.data.alias.anchor), tag: nil)
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      return YAMLEvent(
        kind: .sequenceStart(isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE), range: range,
        anchor: text(sequence.anchor), tag: text(sequence.tag))
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      return YAMLEvent(
        kind: .mappingStart(isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE), range: range,
        anchor: text(mapping.anchor), tag: text(mapping.tag))
    default:
      return YAMLEvent(kind: simpleKind(event.type), range: range, anchor: nil, tag: nil)
    }
  }

  private func fault() -> YAMLSyntaxFault {
    let state = parser.pointee
    let isReaderError = state.error == YAML_READER_ERROR
    return YAMLSyntaxFault(
      problem: state.problem.map { String(cString: $0) } ?? "the text is not valid YAML",
      // A reader error has no mark, only a byte offset.
      offset: isReaderError
        ? min(state.problem_offset, input.count) : index.byteOffset(ofCharacter: state.problem_mark.index),
      context: isReaderError ? nil : state.context.map { String(cString: $0) },
      contextOffset: index.byteOffset(ofCharacter: state.context_mark.index)
    )
  }
}

private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? { pointer.map { String(cString: $0) } }

private func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
  switch style {
  case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
  case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
  case YAML_LITERAL_SCALAR_STYLE: .literal
  case YAML_FOLDED_SCALAR_STYLE: .folded
  default: .plain
  }
}

private func simpleKind(_ type: yaml_event_type_t) -> YAMLEvent.Kind {
  switch type {
  case YAML_DOCUMENT_START_EVENT: .documentStart
  case YAML_DOCUMENT_END_EVENT: .documentEnd
  case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: .collectionEnd
  case YAML_STREAM_END_EVENT: .streamEnd
  default: .other
  }
}
