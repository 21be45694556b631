/// A colour by its four channels, which are usually from 0 to 255; the range is not checked.
package struct Color: Hashable, Sendable {
  package let red: Int
  package let green: Int
  package let blue: Int
  package let alpha: Int

  package init(red: Int, green: Int, blue: Int, alpha: Int = 255) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }

  /// The colour that a value stands for (language specification, section 14): a list of 3 or 4 numbers, or 3, 6 or 8
  /// hexadecimal digits behind any number of `#`. Null is `nil`.
  ///
  /// - Throws: a `value` error for anything else.
  package init?(_ value: Value) throws(RuntimeError) {
    let channels: [Int]
    switch value {
    case .null: return nil
    case .list(let list): channels = try list.map { (element) throws(RuntimeError) in try element.wholeNumber() }
    case .text(let text): channels = try Self.channels(text)
    default: throw RuntimeError(.value, "a color cannot be \(value.kindName)")
    }
    guard channels.count == 3 || channels.count == 4 else {
      throw RuntimeError(.value, "a color has 3 or 4 channels, and this one has \(channels.count)")
    }
    self.init(
      red: channels[0], green: channels[1], blue: channels[2], alpha: channels.count == 4 ? channels[3] : 255)
  }

  private static func channels(_ text: String) throws(RuntimeError) -> [Int] {
    var scalars = Array(text.unicodeScalars)[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    let digits = scalars.drop { $0 == "#" }.compactMap { scalar in
      scalar.isASCII ? hexadecimalValue(UInt8(truncatingIfNeeded: scalar.value)).map(Int.init) : nil
    }
    let count = scalars.drop { $0 == "#" }.count
    guard digits.count == count, [3, 6, 8].contains(count) else {
      throw RuntimeError(.value, "\(quotedForError(.text(text))) is not a color such as '#ff8800'")
    }
    if count == 3 { return digits.map { $0 * 17 } }
    return stride(from: 0, to: count, by: 2).map { digits[$0] * 16 + digits[$0 + 1] }
  }
}
