/// Takes a body of parts apart (RFC 2046, section 5.1) as it arrives, in pieces that may end anywhere.
///
/// It holds no more than the head of a part, or as much of its body as could be the beginning of a boundary.
struct MultipartReader {
  /// What a piece of the body gave.
  enum Event: Hashable, Sendable {
    /// A part begins.
    case head(PartHead)
    /// The next bytes of the part. Where they are cut has no meaning.
    case body(ArraySlice<UInt8>)
    /// The part is complete.
    case end
  }

  /// The most bytes of the head of one part.
  static let headLimit = 8 * 1024

  private enum State {
    /// Before the first boundary.
    case preamble
    /// Behind a boundary.
    case boundary
    case head
    case body
    /// Behind the last boundary.
    case epilogue
  }

  private let delimiter: [UInt8]
  private var state = State.preamble
  /// What has come and is not decided yet.
  private var buffer: [UInt8]
  /// Where what was looked at ends in `buffer`.
  private var position = 0

  /// - Parameter boundary: as `Content-Type` names it.
  init(boundary: String) {
    delimiter = Array("\r\n--\(boundary)".utf8)
    // The first boundary may begin the body, as if a line ended before.
    buffer = Array("\r\n".utf8)
  }

  /// Reads the next piece.
  ///
  /// - Throws: what makes the body no multipart body, and what `handle` throws.
  mutating func read(
    _ piece: some Collection<UInt8>, _ handle: (Event) throws(ErrorAnswer) -> Void
  ) throws(ErrorAnswer) {
    buffer += piece
    while try advance(handle) {}
    buffer.removeFirst(position)
    position = 0
  }

  /// - Throws: when the body ends before its last boundary.
  func finish() throws(ErrorAnswer) {
    switch state {
    case .epilogue: return
    case .preamble: throw .invalidMultipart("it does not contain the boundary that Content-Type names")
    case .boundary, .head, .body: throw .invalidMultipart("it ends before its last boundary")
    }
  }

  /// Decides what it can of the rest.
  ///
  /// - Returns: whether there may be more to decide.
  private mutating func advance(_ handle: (Event) throws(ErrorAnswer) -> Void) throws(ErrorAnswer) -> Bool {
    switch state {
    case .preamble:
      guard skipToDelimiter() else { return false }
      state = .boundary
    case .boundary: return try readBoundaryEnd()
    case .head: return try readHead(handle)
    case .body:
      let start = position
      let isFound = skipToDelimiter()
      let end = isFound ? position - delimiter.count : position
      if start < end { try handle(.body(buffer[start..<end])) }
      guard isFound else { return false }
      try handle(.end)
      state = .boundary
    case .epilogue:
      position = buffer.count
      return false
    }
    return true
  }

  /// Goes behind the next delimiter, or up to what could be the beginning of one.
  private mutating func skipToDelimiter() -> Bool {
    while let start = buffer[position...].firstIndex(of: delimiter[0]) {
      let candidate = buffer[start...].prefix(delimiter.count)
      if candidate.elementsEqual(delimiter.prefix(candidate.count)) {
        guard candidate.count == delimiter.count else {
          position = start
          return false
        }
        position = start + delimiter.count
        return true
      }
      position = start + 1
    }
    position = buffer.count
    return false
  }

  /// Behind a boundary stands `--` if it is the last one, else blanks and the end of the line.
  private mutating func readBoundaryEnd() throws(ErrorAnswer) -> Bool {
    let rest = buffer[position...]
    if rest.starts(with: "--".utf8) {
      state = .epilogue
      return true
    }
    let line = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let isPadded = line.startIndex > position
    if line.starts(with: "\r\n".utf8) {
      position = line.startIndex + 2
      state = .head
      return true
    }
    let mayGoOn =
      line.isEmpty
      || line.count == 1 && (line.first == UInt8(ascii: "\r") || line.first == UInt8(ascii: "-") && !isPadded)
    guard mayGoOn, rest.count <= Self.headLimit else {
      throw .invalidMultipart("something stands behind a boundary on its line")
    }
    return false
  }

  private mutating func readHead(_ handle: (Event) throws(ErrorAnswer) -> Void) throws(ErrorAnswer) -> Bool {
    // A head ends with an empty line, and one without any fields is that line alone.
    var end = buffer[position...].starts(with: "\r\n".utf8) ? position + 2 : nil
    if end == nil {
      let mark = Array("\r\n\r\n".utf8)
      var start = position
      while end == nil, let next = buffer[start...].firstIndex(of: mark[0]) {
        if buffer[next...].starts(with: mark) { end = next + mark.count }
        start = next + 1
      }
    }
    guard (end ?? buffer.count) - position <= Self.headLimit else {
      throw .invalidMultipart("the head of a part is larger than \(Self.headLimit) bytes")
    }
    guard let end else { return false }
    let head = try PartHead(buffer[position..<end])
    // The line break before the next boundary belongs to the boundary, also where the body is empty.
    position = end
    state = .body
    try handle(.head(head))
    return true
  }
}

extension ErrorAnswer {
  static func invalidMultipart(_ problem: String) -> ErrorAnswer {
    .invalidBody("the multipart body is malformed: \(problem)")
  }
}
