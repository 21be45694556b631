import ComposeBasic
import ComposePlan
import ComposeRuntime

/// `text-splitter`: cuts text into chunks that overlap.
struct TextSplitter: Component {
  static let type = "text-splitter"
  static let componentFields: Set<String> = []
  static let actionFields: Set<String> = [
    "text", "language", "separators", "chunk_size", "chunk_overlap", "batch_size", "streaming",
  ]

  private let services: Services

  init(_ declaration: ComponentDeclaration, _ services: Services) { self.services = services }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    let fields = ActionFields(call, services)
    let text = try await fields.value("text")
    try await fields.checkBatchSize()
    let streams = try await fields.choice("streaming") ?? false
    let splitting = try await Splitting(fields)

    if case .stream(let stream) = text {
      // The pieces of one text; any other stream is a stream of texts.
      if stream.form == .chunks(fragmented: true) {
        let chunks = try splitting.chunks(of: TextPieces(stream))
        if streams { return .stream(splitting.rendered(chunks)) }
        return try await fields.output(of: .list(try await chunks.all()))
      }
      let texts = try await text.textInput()
      guard case .stream(let source) = texts else { return .null }
      // The reference makes no output of these; each chunk is the list of a text's chunks.
      return .stream(
        try source.mapped { (text) async throws(RuntimeError) in try await splitting.result(of: text, streams: streams)
        }
      )
    }

    let input = try await text.textInput()
    guard case .list(let texts) = input else {
      let result = try await splitting.result(of: input, streams: streams)
      return streams ? result : try await fields.output(of: result)
    }
    var results: [Value] = []
    results.reserveCapacity(texts.count)
    for text in texts { results.append(try await splitting.result(of: text, streams: streams)) }
    return streams ? .list(results) : try await fields.output(of: .list(results))
  }
}

/// How an action splits texts: its fields, made for one call.
private struct Splitting: Sendable {
  private let fields: ActionFields
  private let separators: [String]
  private let limits: ChunkLimits

  init(_ fields: ActionFields) async throws(RuntimeError) {
    self.fields = fields
    separators = try await Self.separators(fields)
    let size = try await Self.length("chunk_size", 1000, fields)
    let overlap = try await Self.length("chunk_overlap", 200, fields)
    if overlap > size { throw fields.failure("chunk_overlap", "must not be larger than 'chunk_size'") }
    limits = ChunkLimits(size: size, overlap: overlap)
  }

  /// What the action has for one text: a list or, when it streams, a stream.
  func result(of text: Value, streams: Bool) async throws(RuntimeError) -> Value {
    guard case .text(let text) = text else {
      if streams { throw fields.failure("text", "is null, and there is nothing to stream") }
      return .null
    }
    if streams { return .stream(rendered(try chunks(of: TextPieces(text)))) }
    return .list(try await chunks(of: TextPieces(text)).all())
  }

  /// The chunks of a text, made while they are read.
  func chunks(of pieces: TextPieces) throws(RuntimeError) -> Chunks {
    Chunks(fields: fields, cutter: TextCutter(separators: separators, limits: limits), pieces: pieces)
  }

  /// A stream of the chunks, or of what `output` makes of each.
  func rendered(_ chunks: Chunks) -> ValueStream {
    let fields = fields
    return ValueStream(
      .chunks(fragmented: true), from: chunks.pieces.source.map { [$0] } ?? [], initially: chunks,
      next: { (chunks) async throws(RuntimeError) in
        while let chunk = try await chunks.next() {
          let value = try await fields.output(ofChunk: .text(chunk))
          if !value.isNull { return value }
        }
        return nil
      })
  }

  // MARK: Fields

  private static func separators(_ fields: ActionFields) async throws(RuntimeError) -> [String] {
    let language = try await fields.value("language")
    if !language.isNull {
      guard case .text(let name) = language, let separators = LanguageSeparators.separators(of: name) else {
        throw fields.failure(
          "language", "must be one of \(LanguageSeparators.languages.joined(separator: ", "))")
      }
      return separators
    }
    switch try await fields.value("separators") {
    case .null: return LanguageSeparators.plain
    case .list(let list):
      if list.isEmpty { return LanguageSeparators.plain }
      return try list.map { (separator) throws(RuntimeError) in
        guard case .text(let separator) = separator else {
          throw fields.failure("separators", "must be a list of texts, and there is \(separator.kindName) in it")
        }
        return separator
      }
    case let value: throw fields.failure("separators", "must be a list of texts, not \(value.kindName)")
    }
  }

  /// A number of characters. Texts are none: the reference compares them as texts.
  private static func length(
    _ name: String, _ preset: Double, _ fields: ActionFields
  ) async throws(RuntimeError) -> Double {
    guard fields.invocation.actionField(name) != nil else { return preset }
    switch try await fields.value(name) {
    case .null: throw fields.failure(name, "must be given, and it is null")
    case .boolean(let value): return value ? 1 : 0
    case .integer(let value): return Double(value)
    case .bigInteger(let digits): return digits.hasPrefix("-") ? -.infinity : .infinity
    case .number(let value): return value
    case let value: throw fields.failure(name, "must be a number of characters, not \(value.kindName)")
    }
  }
}

/// The chunks of one text.
private struct Chunks: Sendable {
  let fields: ActionFields
  var cutter: TextCutter
  var pieces: TextPieces
  private var ready: [String] = []
  private var given = 0
  private var isFinished = false

  init(fields: ActionFields, cutter: TextCutter, pieces: TextPieces) {
    self.fields = fields
    self.cutter = cutter
    self.pieces = pieces
  }

  /// The next chunk, or `nil` behind the last.
  mutating func next() async throws(RuntimeError) -> String? {
    while given == ready.count, !isFinished { try await cutMore() }
    guard given < ready.count else { return nil }
    defer { given += 1 }
    return ready[given]
  }

  /// All chunks.
  func all() async throws(RuntimeError) -> [Value] {
    var copy = self
    var values: [Value] = []
    while let chunk = try await copy.next() { values.append(.text(chunk)) }
    return values
  }

  private mutating func cutMore() async throws(RuntimeError) {
    ready.removeAll(keepingCapacity: true)
    given = 0
    let piece = try await pieces.next()
    do throws(MergedSegments.NegativeOverlap) {
      if let piece {
        try cutter.feed(piece, to: &ready)
      } else {
        isFinished = true
        try cutter.finish(&ready)
      }
    } catch {
      throw fields.failure("chunk_overlap", "must not be negative")
    }
  }
}
