import ComposeRuntime

/// Finds the objects and lists that a text has as JSON: the whole text, its code blocks, and what stands between
/// brackets. Comments and commas before a closing bracket are forgiven.
///
/// The time grows with the length of the text, whatever is in it.
struct JSONExtraction {
  /// What was found, in the order in which it was looked for.
  private(set) var candidates: [Value] = []

  /// - Throws: when something may be JSON but goes beyond what is read; the reference fails there, too.
  init(_ text: String) throws(TextParserFault) {
    try add(Array(text.utf8))
    for block in CodeBlocks(text).contents { try add(Array(block.utf8)) }
    let bytes = Array(text.utf8)
    for (open, close) in [("{", "}"), ("[", "]")] as [(Unicode.Scalar, Unicode.Scalar)] {
      for range in BalancedText.ranges(in: bytes, from: UInt8(ascii: open), to: UInt8(ascii: close)) {
        try add(Array(bytes[range]))
      }
    }
  }

  private mutating func add(_ source: [UInt8]) throws(TextParserFault) {
    for text in [source, LenientJSON.cleaned(source)] {
      do throws(JSONError) {
        switch try parseJSON(text) {
        case let value where value.isCollection:
          candidates.append(value)
          return
        default: continue
        }
      } catch {
        if error.isLimit { throw TextParserFault("text", "has JSON that is not read: \(error.message)") }
      }
    }
  }
}

extension Value {
  /// Whether it is a list or an object.
  var isCollection: Bool {
    switch self {
    case .list, .object: true
    default: false
    }
  }
}

/// Parts of a text from an opening bracket to its closing one. Brackets in strings do not count.
enum BalancedText {
  /// The parts, which do not overlap, from the first on. One that does not end is left out, and what is in it searched.
  static func ranges(in text: [UInt8], from open: UInt8, to close: UInt8) -> [Range<Int>] {
    guard text.contains(open), text.contains(close), text.count < Int32.max else { return [] }
    let ends = ends(in: text, open, close)
    var ranges: [Range<Int>] = []
    var index = 0
    while let start = text[index...].firstIndex(of: open) {
      let end = Int(ends[start + 1])
      if end >= 0 {
        ranges.append(start..<end + 1)
        index = end + 1
      } else {
        index = start + 1
      }
    }
    return ranges
  }

  /// For each place outside of strings where the first bracket is that closes more than was opened from there on; -1
  /// when there is none. It is found from the end: behind an opening bracket it is the one behind its closing one.
  ///
  /// A scan may begin at each opening bracket, and what is a string depends on where it began. So the same is kept for
  /// a scan that is inside a string here, and for one that is behind a backslash in a string.
  private static func ends(in text: [UInt8], _ open: UInt8, _ close: UInt8) -> [Int32] {
    var outside = [Int32](repeating: -1, count: text.count + 1)
    var (inString, escaped): (Int32, Int32) = (-1, -1)
    for index in text.indices.reversed() {
      let byte = text[index]
      let next = outside[index + 1]
      let isQuote = byte == UInt8(ascii: "\"")
      switch byte {
      case _ where isQuote: outside[index] = inString
      case open: outside[index] = next < 0 ? -1 : outside[Int(next) + 1]
      case close: outside[index] = Int32(index)
      default: outside[index] = next
      }
      let afterString = isQuote ? next : byte == UInt8(ascii: "\\") ? escaped : inString
      (inString, escaped) = (afterString, inString)
    }
    return outside
  }
}

/// JSON with what people and models add to it.
enum LenientJSON {
  /// The text without comments, and without commas before a closing bracket.
  static func cleaned(_ text: [UInt8]) -> [UInt8] { withoutTrailingCommas(withoutComments(text)) }

  private static func withoutComments(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "/")) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = 0
    var isInString = false
    while index < text.count {
      let byte = text[index]
      let next = index + 1 < text.count ? text[index + 1] : 0
      if isInString {
        result.append(byte)
        if byte == UInt8(ascii: "\\"), index + 1 < text.count {
          result.append(next)
          index += 1
        }
        if byte == UInt8(ascii: "\"") { isInString = false }
        index += 1
      } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "/") {
        while index < text.count, text[index] != UInt8(ascii: "\n") { index += 1 }
      } else if byte == UInt8(ascii: "/"), next == UInt8(ascii: "*") {
        index += 2
        while index < text.count - 1, text[index] != UInt8(ascii: "*") || text[index + 1] != UInt8(ascii: "/") {
          index += 1
        }
        index += 2
      } else {
        if byte == UInt8(ascii: "\"") { isInString = true }
        result.append(byte)
        index += 1
      }
    }
    return result
  }

  /// Also in strings, as in the reference.
  private static func withoutTrailingCommas(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: ",")) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    text.withUnsafeBufferPointer { text in
      var index = 0
      while index < text.count {
        guard text[index] == UInt8(ascii: ",") else {
          result.append(text[index])
          index += 1
          continue
        }
        var end = index + 1
        while case let width = text.blankWidth(at: end), width > 0 { end += width }
        let isClosing = end < text.count && (text[end] == UInt8(ascii: "]") || text[end] == UInt8(ascii: "}"))
        result.append(contentsOf: text[(isClosing ? index + 1 : index)..<end])
        index = end
      }
    }
    return result
  }
}
