/// Reads server-sent events from bytes that arrive in pieces (WHATWG HTML, section 9.2.6).
///
/// How the bytes were cut into pieces makes no difference. `retry` and unknown fields are ignored.
package struct EventStreamDecoder: Sendable {
  /// What an event carries beside its data.
  package struct Fields: Hashable, Sendable {
    /// The value of its `event` field; empty when it has none, which means `message`.
    package var name = ""
    /// The latest `id` of the stream up to here; it stays until another one comes.
    package var lastID = ""
  }

  /// An event whose closing empty line never came.
  package struct UnfinishedEvent: Hashable, Sendable {
    package let data: [UInt8]
    package let fields: Fields
  }

  package static let defaultEventLimit = 16 * 1024 * 1024

  private let eventLimit: Int
  private var lines = LineSplitter()
  /// The data lines so far, joined with LF; kept from event to event for its storage.
  private var data: [UInt8] = []
  private var hasData = false
  private var fields = Fields()
  private var isFirstLine = true

  /// - Parameter eventLimit: the most bytes of one event, or of one line.
  package init(eventLimit: Int = defaultEventLimit) {
    self.eventLimit = eventLimit
  }

  /// Reads one piece and hands over each event that is complete, in order.
  ///
  /// - Parameter onEvent: gets the data, which is valid during the call only, and the other fields.
  /// - Throws: `bodyTooLarge` when an event passes the limit; the decoder is of no use afterwards.
  package mutating func feed(
    _ bytes: Span<UInt8>, onEvent: (_ data: Span<UInt8>, _ fields: Fields) -> Void
  ) throws(HTTPError) {
    var position = 0
    while let line = lines.next(in: bytes, from: &position) {
      switch line {
      case .within(let range): read(bytes.extracting(range), onEvent)
      case .joined(let line): read(line.span, onEvent)
      }
      try checkSize()
    }
    try checkSize()
  }

  /// Ends the input.
  ///
  /// - Returns: the event that was under way, which the specification drops; `nil` if there was none. A last line
  ///   without an end counts as if it had one.
  package mutating func finish() -> UnfinishedEvent? {
    let rest = lines.finish()
    if !rest.isEmpty { read(rest.span) { _, _ in } }
    defer { self = EventStreamDecoder(eventLimit: eventLimit) }
    return hasData ? UnfinishedEvent(data: data, fields: fields) : nil
  }

  private func checkSize() throws(HTTPError) {
    if data.count > eventLimit || lines.pendingBytes > eventLimit {
      throw HTTPError(.bodyTooLarge, "an event of the answer is longer than \(eventLimit) bytes")
    }
  }

  private mutating func read(_ line: Span<UInt8>, _ onEvent: (Span<UInt8>, Fields) -> Void) {
    var start = 0
    if isFirstLine {
      isFirstLine = false
      if line.starts(with: byteOrderMark, at: 0) { start = byteOrderMark.utf8CodeUnitCount }
    }
    if start == line.count {
      dispatch(onEvent)
      return
    }
    var colon = start
    while colon < line.count, line[colon] != UInt8(ascii: ":") { colon += 1 }
    var value = colon < line.count ? colon + 1 : line.count
    if value < line.count, line[value] == UInt8(ascii: " ") { value += 1 }
    apply(name: line.extracting(start..<colon), value: line.extracting(value..<line.count))
  }

  private mutating func apply(name: Span<UInt8>, value: Span<UInt8>) {
    if name.equals("data") {
      if hasData { data.append(UInt8(ascii: "\n")) }
      hasData = true
      value.withUnsafeBufferPointer { data.append(contentsOf: $0) }
    } else if name.equals("event") {
      fields.name = value.text
    } else if name.equals("id"), !value.contains(0) {
      fields.lastID = value.text
    }
  }

  /// An event without data yields nothing, but still ends: its name is forgotten.
  private mutating func dispatch(_ onEvent: (Span<UInt8>, Fields) -> Void) {
    if hasData { onEvent(data.span, fields) }
    data.removeAll(keepingCapacity: data.capacity <= retainedCapacity)
    hasData = false
    fields.name = ""
  }
}

private let byteOrderMark: StaticString = "\u{FEFF}"

/// One huge event does not make the decoder huge for good.
private let retainedCapacity = 1024 * 1024

extension Span<UInt8> {
  fileprivate func equals(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && starts(with: text, at: 0)
  }

  fileprivate func starts(with text: StaticString, at offset: Int) -> Bool {
    guard count - offset >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where self[offset + index] != text.utf8Start[index] { return false }
    return true
  }

  fileprivate func contains(_ byte: UInt8) -> Bool {
    for index in 0..<count where self[index] == byte { return true }
    return false
  }

  fileprivate var text: String {
    withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
