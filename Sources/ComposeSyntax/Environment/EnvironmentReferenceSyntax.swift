/// One `${env.NAME [as TYPE] [| default]}` as it is written, before anything is looked up.
///
/// The grammar is that of the reference's regular expression: the name and the type are one or more characters other
/// than `|`, `}` and white space; the default runs to the first `}`, may span lines and loses its trailing white space.
struct EnvironmentReferenceSyntax {
  /// All ranges are byte offsets in the scanned text.
  let range: Range<Int>
  let nameRange: Range<Int>
  let castRange: Range<Int>?
  let defaultRange: Range<Int>?

  /// Parses the reference that starts with the `${` at an offset; `nil` when the text there is something else.
  init?(_ bytes: [UInt8], at start: Int) {
    var index = bytes.afterSpaces(from: start + 2)
    guard bytes.has("env.", at: index) else { return nil }
    index += 4
    let nameStart = index
    let nameEnd = bytes.wordEnd(from: index)
    guard nameEnd > nameStart else { return nil }
    if let tail = Tail(bytes, from: nameEnd) {
      self.init(start, nameStart..<nameEnd, tail)
      return
    }
    // `${env.PORTas integer}`: the expression gives `as` back from the name when nothing else fits.
    guard nameEnd - nameStart > 2, bytes.has("as", at: nameEnd - 2), let tail = Tail(bytes, from: nameEnd - 2) else {
      return nil
    }
    self.init(start, nameStart..<(nameEnd - 2), tail)
  }

  private init(_ start: Int, _ nameRange: Range<Int>, _ tail: Tail) {
    self.range = start..<tail.end
    self.nameRange = nameRange
    self.castRange = tail.castRange
    self.defaultRange = tail.defaultRange
  }

  /// Every reference of a text, in order. A reference never begins inside another one.
  static func all(in bytes: [UInt8]) -> [EnvironmentReferenceSyntax] {
    var found: [EnvironmentReferenceSyntax] = []
    guard let lastClose = bytes.lastIndex(of: UInt8(ascii: "}")) else { return found }
    var index = 0
    while index < lastClose {
      guard bytes[index] == UInt8(ascii: "$"), bytes[index + 1] == UInt8(ascii: "{") else {
        index += 1
        continue
      }
      if let reference = EnvironmentReferenceSyntax(bytes, at: index) {
        found.append(reference)
        index = reference.range.upperBound
      } else {
        // A reference that starts inside the same word would end in the same way: do not read the word again.
        let name = bytes.afterSpaces(from: index + 2)
        index = bytes.has("env.", at: name) ? bytes.wordEnd(from: name) : index + 2
      }
    }
    return found
  }
}

/// What follows the name: `[ws* as ws+ type] [ws* | ws* default] ws* }`.
private struct Tail {
  var castRange: Range<Int>?
  var defaultRange: Range<Int>?
  var end = 0

  init?(_ bytes: [UInt8], from start: Int) {
    var index = bytes.afterSpaces(from: start)
    if bytes.has("as", at: index) {
      let typeStart = bytes.afterSpaces(from: index + 2)
      let typeEnd = bytes.wordEnd(from: typeStart)
      if typeStart > index + 2, typeEnd > typeStart {
        castRange = typeStart..<typeEnd
        index = bytes.afterSpaces(from: typeEnd)
      }
    }
    guard index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "|") {
      let defaultStart = bytes.afterSpaces(from: index + 1)
      guard let close = bytes[defaultStart...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
      defaultRange = defaultStart..<bytes.beforeSpaces(upTo: close, notBefore: defaultStart)
      index = close
    }
    guard bytes[index] == UInt8(ascii: "}") else { return nil }
    end = index + 1
  }
}

extension [UInt8] {
  /// Whether ASCII text stands at an offset.
  func has(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= count else { return false }
    return text.withUTF8Buffer { expected in
      for offset in 0..<expected.count where self[index + offset] != expected[offset] { return false }
      return true
    }
  }

  /// The offset behind a run of white space as the reference's `\s` understands it.
  fileprivate func afterSpaces(from start: Int) -> Int {
    var index = start
    while index < count {
      let length = spaceLength(at: index)
      if length == 0 { break }
      index += length
    }
    return Swift.min(index, count)
  }

  fileprivate func beforeSpaces(upTo end: Int, notBefore start: Int) -> Int {
    var end = end
    outer: while end > start {
      for length in 1...3 where end - length >= start && spaceLength(at: end - length) == length {
        end -= length
        continue outer
      }
      break
    }
    return end
  }

  fileprivate func wordEnd(from start: Int) -> Int {
    var index = start
    while index < count {
      if self[index] == UInt8(ascii: "|") || self[index] == UInt8(ascii: "}") || spaceLength(at: index) > 0 { break }
      index += 1
    }
    return index
  }

  /// The length in bytes of the white-space character at an offset, or 0.
  private func spaceLength(at index: Int) -> Int {
    switch self[index] {
    case 0x09...0x0D, 0x1C...0x20: return 1
    case 0xC2: return index + 1 < count && (self[index + 1] == 0x85 || self[index + 1] == 0xA0) ? 2 : 0
    case 0xE1...0xE3:
      guard index + 2 < count else { return 0 }
      let scalar = Int(self[index] & 15) << 12 | Int(self[index + 1] & 63) << 6 | Int(self[index + 2] & 63)
      switch scalar {
      case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return 3
      default: return 0
      }
    default: return 0
    }
  }
}
