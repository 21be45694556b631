// The catalogue's files are read byte by byte: comparing characters by what they look like would be most of what a
// check of a small file does.

extension Substring {
  /// What stands between blanks.
  var words: [Substring] { utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) } }

  /// Without blanks and tabs at its end.
  var trimmedEnd: Substring {
    var bytes = utf8
    while let last = bytes.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { bytes.removeLast() }
    return Substring(bytes)
  }

  /// Without blanks at its beginning.
  var trimmedStart: Substring { Substring(utf8.drop { $0 == UInt8(ascii: " ") }) }
}
