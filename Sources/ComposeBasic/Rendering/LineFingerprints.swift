/// The `primaryLocationLineHash` of each line of a file, by which GitHub code scanning knows a finding again after lines
/// have moved.
///
/// GitHub computes it for reports that lack it, and warns when a report has another one, so this is its value: the hash
/// of the 100 UTF-16 units from the first one of the line that is not blank, over the text without blanks and tabs and
/// with every line break as LF, followed by U+FFFF. Behind the colon stands how often the hash has come up in the file.
struct LineFingerprints {
  private var texts: [String] = []

  /// How many units one hash covers.
  private static let windowLength = 100
  /// The base of the polynomial that is the hash, modulo 2^64.
  private static let base: UInt64 = 37
  private static let leadingPower = (0..<windowLength).reduce(into: UInt64(1)) { power, _ in power &*= base }

  private var hash: UInt64 = 0
  /// How many units were hashed.
  private var count = 0
  /// The lines whose window is not full: where they began, and the hash of all in front of them.
  private var open: [(start: Int, hash: UInt64)] = []
  private var firstOpen = 0
  private var occurrences: [UInt64: Int] = [:]

  init(_ bytes: [UInt8]) {
    var isLineStart = true
    var followsReturn = false
    for unit in String(decoding: bytes, as: UTF8.self).utf16 {
      let isSecondHalf = followsReturn && unit == 0x0A
      followsReturn = unit == 0x0D
      if unit == 0x20 || unit == 0x09 || isSecondHalf { continue }
      let isBreak = unit == 0x0A || unit == 0x0D
      append(isBreak ? 0x0A : unit, startsLine: isLineStart)
      isLineStart = isBreak
    }
    append(0xFFFF, startsLine: isLineStart)
    // Windows that reach behind the end are filled up with zeros.
    for _ in 0..<LineFingerprints.windowLength { append(0, startsLine: false) }
  }

  /// The fingerprint of a 1-based line.
  subscript(line: Int) -> String? { texts.indices.contains(line - 1) ? texts[line - 1] : nil }

  private mutating func append(_ unit: UInt16, startsLine: Bool) {
    if startsLine { open.append((count, hash)) }
    hash = hash &* LineFingerprints.base &+ UInt64(unit)
    count += 1
    guard firstOpen < open.count, open[firstOpen].start + LineFingerprints.windowLength == count else { return }
    // The difference of two hashes of beginnings is the hash of what lies between them.
    let window = hash &- open[firstOpen].hash &* LineFingerprints.leadingPower
    firstOpen += 1
    occurrences[window, default: 0] += 1
    texts.append(String(window, radix: 16) + ":\(occurrences[window, default: 1])")
  }
}
