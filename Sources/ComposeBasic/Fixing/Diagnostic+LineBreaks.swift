extension Diagnostic.Fix.Edit {
  /// The edit with the line breaks that the file has: fixes are written with LF.
  func withLineBreaks(of file: SourceFile) -> Diagnostic.Fix.Edit {
    guard text.utf8.contains(UInt8(ascii: "\n")),
      let first = file.bytes.firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }),
      file.bytes[first] == UInt8(ascii: "\r")
    else { return self }
    let isPair = first + 1 < file.bytes.count && file.bytes[first + 1] == UInt8(ascii: "\n")
    let plain = String(text.unicodeScalars.filter { $0 != "\r" }.map(Character.init))
    return Diagnostic.Fix.Edit(range, plain.replacing("\n", with: isPair ? "\r\n" : "\r"))
  }
}
