import ComposeBasic

/// What one file of the time zone database says (TZif, RFC 8536): how far the clocks of a zone were, are and will be
/// ahead of UTC. Leap seconds do not count, as in POSIX.
package struct TimeZoneFile: Sendable {
  /// Seconds since 1970 on the wall until which the clocks before a change are taken to be right, and the seconds ahead
  /// of UTC from then on; in order of time.
  private var changes: [(wall: Int, offset: Int)] = []
  private var offsetBefore = 0
  /// The rule for times after the last change.
  private var rule: TimeZoneRule?

  /// - Returns: `nil` for bytes that are no such file.
  package init?(_ bytes: [UInt8]) {
    var reader = TZifReader(bytes[...])
    guard var header = reader.header() else { return nil }
    var width = 4
    if header.version >= 2 {
      // The first block is for old readers: times of 32 bits.
      guard reader.skip(header.size(timeWidth: 4)), let second = reader.header() else { return nil }
      header = second
      width = 8
    }
    guard let data = reader.take(header.size(timeWidth: width)) else { return nil }
    var block = TZifReader(data)
    let times = (0..<header.times).map { _ in block.integer(width) }
    let indices = (0..<header.times).map { _ in block.integer(1) & 0xFF }
    let types = (0..<header.types).map { _ in (offset: block.integer(4), isDaylight: block.integer(2) >> 8 != 0) }
    guard !types.isEmpty, indices.allSatisfy(types.indices.contains) else { return nil }
    // Some files begin with a change at the Big Bang, -2^59.
    guard times.allSatisfy({ $0.magnitude <= 1 << 59 }) else { return nil }
    offsetBefore = (types.first { !$0.isDaylight } ?? types[indices.first ?? 0]).offset
    // Where clocks go back, the repeated hour belongs to its first time; where they go forward, the left-out hour is
    // counted with the clocks before it. That is PEP 495 with `fold=0`, and both have the same border on the wall.
    var previous = types[0].offset
    for (time, index) in zip(times, indices) {
      let offset = types[index].offset
      changes.append((time + max(offset, previous), offset))
      previous = offset
    }
    if header.version >= 2, let footer = reader.footer(), !footer.isEmpty {
      guard let rule = TimeZoneRule(footer) else { return nil }
      self.rule = rule
    } else if changes.isEmpty {
      offsetBefore = types[types.count - 1].offset
    }
  }

  /// How far the zone's clocks are ahead of UTC, in seconds, when they show a time. PEP 495 says it for times that they
  /// show twice or never.
  ///
  /// - Parameters:
  ///   - wall: seconds since 1970-01-01T00:00:00 on the zone's own clocks.
  ///   - year: the year of that time.
  package func offset(whenClocksShow wall: Int, inYear year: Int) -> Int {
    if let rule, changes.last.map({ wall > $0.wall }) ?? true {
      return rule.offset(whenClocksShow: wall, inYear: year)
    }
    // The last change that is not after the time.
    var range = changes.startIndex..<changes.endIndex
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if changes[middle].wall <= wall {
        range = (middle + 1)..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    return range.lowerBound > 0 ? changes[range.lowerBound - 1].offset : offsetBefore
  }
}

/// The numbers of a TZif header that say how long the data is.
private struct TZifHeader {
  let version: Int
  let marksUTC: Int
  let marksStandard: Int
  let leaps: Int
  let times: Int
  let types: Int
  let characters: Int

  func size(timeWidth: Int) -> Int {
    times * (timeWidth + 1) + types * 6 + characters + leaps * (timeWidth + 4) + marksStandard + marksUTC
  }
}

private struct TZifReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func header() -> TZifHeader? {
    guard rest.starts(with: "TZif".utf8), var fields = take(44).map(TZifReader.init) else { return nil }
    _ = fields.skip(4)
    let version = UInt8(truncatingIfNeeded: fields.integer(1))
    _ = fields.skip(15)
    let counts = (0..<6).map { _ in fields.integer(4) }
    guard counts.allSatisfy({ (0...1_000_000).contains($0) }) else { return nil }
    return TZifHeader(
      version: version >= UInt8(ascii: "2") ? Int(version - UInt8(ascii: "0")) : 1, marksUTC: counts[0],
      marksStandard: counts[1], leaps: counts[2], times: counts[3], types: counts[4], characters: counts[5])
  }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func skip(_ count: Int) -> Bool { take(count) != nil }

  /// The next bytes as a signed number, the highest first; zero behind the end.
  mutating func integer(_ width: Int) -> Int {
    guard let bytes = take(width), let first = bytes.first else { return 0 }
    return bytes.dropFirst().reduce(Int(Int8(bitPattern: first))) { $0 << 8 | Int($1) }
  }

  /// The text between two line feeds.
  mutating func footer() -> String? {
    guard take(1)?.first == UInt8(ascii: "\n"), let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    return String(decoding: rest[..<end], as: UTF8.self)
  }
}
