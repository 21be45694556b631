/// Cuts a text into chunks while it comes in.
///
/// The text is cut at the first of the separators that occurs in it. Each segment begins with its separator. What is
/// too long is cut again, at the separators after that one; what is short is put together. This is the way of
/// "recursive character splitting", with one difference for a text in pieces: which separator it is is decided when
/// there are as many characters as a chunk may have, because nobody can wait for all of them.
///
/// The time grows with the length of the text, and with the number of separators.
struct TextCutter {
  private let separators: [[UInt8]]
  private let limits: ChunkLimits
  /// The text from the first byte on that may still be needed.
  private var bytes: [UInt8] = []
  private var level: SeparatorLevel
  /// How many code points there are while no separator is chosen.
  private var undecidedLength = 0

  init(separators: [String], limits: ChunkLimits) {
    self.separators = separators.map { Array($0.utf8) }
    self.limits = limits
    level = SeparatorLevel(from: 0, at: 0, limits)
  }

  /// Takes the next piece of the text, and adds the chunks that are full now.
  mutating func feed(_ text: String, to chunks: inout [String]) throws(MergedSegments.NegativeOverlap) {
    if text.isEmpty { return }
    bytes.append(contentsOf: text.utf8)
    if level.separator == nil {
      undecidedLength += text.unicodeScalars.count
      if Double(undecidedLength) < limits.size { return }
    }
    try cut(isWhole: false, &chunks)
    forget()
  }

  /// The text is at its end: adds the rest.
  mutating func finish(_ chunks: inout [String]) throws(MergedSegments.NegativeOverlap) {
    try cut(isWhole: true, &chunks)
  }

  private mutating func cut(isWhole: Bool, _ chunks: inout [String]) throws(MergedSegments.NegativeOverlap) {
    let text = bytes
    try text.withUnsafeBufferPointer { (buffer) throws(MergedSegments.NegativeOverlap) in
      let cutting = Cutting(separators: separators, limits: limits, text: buffer)
      try cutting.cut(&level, to: buffer.count, isWhole: isWhole, &chunks)
    }
  }

  /// Lets go of text that is in chunks already.
  private mutating func forget() {
    let needed = min(level.start, level.merged.start ?? level.start)
    guard level.separator != nil, needed > 4096, needed * 2 > bytes.count else { return }
    bytes.removeFirst(needed)
    level.start -= needed
    level.searched -= needed
    level.merged.move(by: needed)
  }
}

/// The state of cutting at one separator.
private struct SeparatorLevel {
  /// The separators before this one are not for this level.
  let firstSeparator: Int
  var separator: Int?
  /// Where the text begins that is not cut yet.
  var start: Int
  /// Up to where the separator has been looked for.
  var searched: Int
  /// The same, for each separator that may be chosen.
  var looked: [Int] = []
  var merged: MergedSegments

  init(from separator: Int, at start: Int, _ limits: ChunkLimits) {
    firstSeparator = separator
    self.start = start
    searched = start
    merged = MergedSegments(limits)
  }
}

/// The text while it is cut.
private struct Cutting {
  let separators: [[UInt8]]
  let limits: ChunkLimits
  let text: UnsafeBufferPointer<UInt8>

  func cut(
    _ level: inout SeparatorLevel, to end: Int, isWhole: Bool, _ chunks: inout [String]
  ) throws(MergedSegments.NegativeOverlap) {
    if level.separator == nil, !choose(&level, to: end) {
      // The reference loses a text in which none of the separators occurs.
      if isWhole { append(level.start..<end, to: &chunks) }
      return
    }
    let chosen = level.separator ?? 0
    let separator = separators[chosen]
    if separator.isEmpty {
      try cutAnywhere(&level, to: end, &chunks)
    } else {
      while let next = text.firstIndex(of: separator, from: level.searched, to: end) {
        if next > level.start { try take(level.start..<next, &level, &chunks) }
        level.start = next
        level.searched = next + separator.count
      }
      if isWhole {
        if end > level.start { try take(level.start..<end, &level, &chunks) }
        level.start = end
      } else {
        level.searched = max(level.searched, end - separator.count + 1)
      }
    }
    if isWhole, let rest = level.merged.flush() { append(rest, to: &chunks) }
  }

  /// Chooses the first separator that occurs; the empty one occurs everywhere.
  private func choose(_ level: inout SeparatorLevel, to end: Int) -> Bool {
    if level.looked.isEmpty {
      level.looked = [Int](repeating: level.start, count: separators.count - level.firstSeparator)
    }
    for index in level.firstSeparator..<separators.count {
      let separator = separators[index]
      let place = index - level.firstSeparator
      let found =
        separator.isEmpty ? level.start : text.firstIndex(of: separator, from: level.looked[place], to: end)
      guard let found else {
        level.looked[place] = max(level.looked[place], end - separator.count + 1)
        continue
      }
      level.separator = index
      level.searched = found
      return true
    }
    return false
  }

  /// Makes a segment of each code point.
  private func cutAnywhere(
    _ level: inout SeparatorLevel, to end: Int, _ chunks: inout [String]
  ) throws(MergedSegments.NegativeOverlap) {
    while level.start < end {
      var next = level.start + 1
      while next < end, text[next] & 0xC0 == 0x80 { next += 1 }
      try take(level.start..<next, &level, &chunks)
      level.start = next
    }
  }

  private func take(
    _ range: Range<Int>, _ level: inout SeparatorLevel, _ chunks: inout [String]
  ) throws(MergedSegments.NegativeOverlap) {
    let segment = MergedSegments.Segment(range: range, length: text.codePointCount(in: range))
    if Double(segment.length) < limits.size {
      if let full = try level.merged.add(segment) { append(full, to: &chunks) }
      return
    }
    if let rest = level.merged.flush() { append(rest, to: &chunks) }
    let next = (level.separator ?? 0) + 1
    // Behind the empty separator comes none.
    guard next < separators.count, separators[next - 1].isEmpty == false else {
      return append(range, to: &chunks)
    }
    var inner = SeparatorLevel(from: next, at: range.lowerBound, limits)
    try cut(&inner, to: range.upperBound, isWhole: true, &chunks)
  }

  // MARK: Chunks

  /// Adds a part of the text without the blanks around it, unless it is nothing but blanks.
  private func append(_ range: Range<Int>, to chunks: inout [String]) {
    let range = text.withoutBlanks(range)
    if range.isEmpty { return }
    chunks.append(String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self))
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the bytes begin for the first time between two places.
  fileprivate func firstIndex(of bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    guard let first = bytes.first, end - start >= bytes.count else { return nil }
    var index = start
    let last = end - bytes.count
    while index <= last {
      if self[index] == first, matches(bytes, at: index) { return index }
      index &+= 1
    }
    return nil
  }

  @inline(__always)
  private func matches(_ bytes: [UInt8], at start: Int) -> Bool {
    for offset in 1..<Swift.max(1, bytes.count) where self[start &+ offset] != bytes[offset] { return false }
    return true
  }

  fileprivate func codePointCount(in range: Range<Int>) -> Int {
    var count = 0
    for index in range where self[index] & 0xC0 != 0x80 { count &+= 1 }
    return count
  }
}
