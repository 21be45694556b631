import ComposeBasic

// The catalogue's files are read byte by byte: comparing characters by what they look like would be most of what a
// check of a small file does.

extension String {
  /// What stands between line feeds, empty lines too.
  var lines: [Substring] { self[...].parts(between: "\n", keepsEmpty: true) }
}

extension Substring {
  /// What stands between blanks.
  var words: [Substring] { parts(between: " ", keepsEmpty: false) }

  /// Without blanks and tabs at its end.
  var trimmedEnd: Substring {
    var bytes = utf8
    while let last = bytes.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { bytes.removeLast() }
    return Substring(bytes)
  }

  /// Without blanks at its beginning.
  var trimmedStart: Substring { Substring(utf8.drop { $0 == UInt8(ascii: " ") }) }

  /// Whether it is that text, byte by byte.
  func isBytes(_ text: StaticString) -> Bool {
    utf8.count == text.utf8CodeUnitCount && utf8.span.firstIndex(of: text, from: 0) == 0
  }

  fileprivate func parts(between separator: StaticString, keepsEmpty: Bool) -> [Substring] {
    let text = utf8
    let bytes = text.span
    var parts: [Substring] = []
    var start = 0
    while start <= bytes.count {
      let end = bytes.firstIndex(of: separator, from: start) ?? bytes.count
      if start < end || keepsEmpty {
        let first = text.index(text.startIndex, offsetBy: start)
        parts.append(Substring(text[first..<text.index(first, offsetBy: end - start)]))
      }
      start = end + 1
    }
    return parts
  }
}
