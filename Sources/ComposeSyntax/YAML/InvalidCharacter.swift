import ComposeBasic

/// Finds the first byte that is not UTF-8 or the first character that YAML does not allow (YAML 1.1, 5.1).
///
/// libyaml finds them too, but reports them as far ahead as it buffers, and counts differently.
func findInvalidCharacter(in source: SourceFile) -> Diagnostic? {
  let bytes = source.bytes
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    return .yamlError("the file is UTF-16; YAML files for this program are UTF-8", at: source.range.startPoint)
      .help("save the file as UTF-8")
  }
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    if byte == 0x0A || byte >= 0x20 && byte < 0x7F {
      index += 1
      continue
    }
    guard let character = character(bytes, at: index) else {
      let range = SourceRange(file: source.id, start: index, end: index + 1)
      return .yamlError("byte 0x\(hexadecimal(UInt32(byte), digits: 2)) is not valid UTF-8", at: range)
        .help("save the file as UTF-8")
    }
    if !isAllowed(character.scalar) {
      let range = SourceRange(file: source.id, start: index, end: index + character.length)
      let name = "U+" + hexadecimal(character.scalar, digits: 4)
      return .yamlError("control character \(name) is not allowed in YAML", at: range)
        .help("remove it, or write it as an escape in a double-quoted text")
    }
    index += character.length
  }
  return nil
}

private func isAllowed(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x09, 0x0A, 0x0D, 0x85, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
  default: false
  }
}

/// Decodes one character; `nil` for bytes that are not UTF-8 (RFC 3629).
private func character(_ bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int)? {
  let first = bytes[index]
  let length: Int
  let smallest: UInt32
  switch first {
  case 0x00..<0x80: return (UInt32(first), 1)
  case 0xC2..<0xE0: (length, smallest) = (2, 0x80)
  case 0xE0..<0xF0: (length, smallest) = (3, 0x800)
  case 0xF0..<0xF5: (length, smallest) = (4, 0x10000)
  default: return nil
  }
  guard index + length <= bytes.count else { return nil }
  var scalar = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
  for offset in 1..<length {
    guard bytes[index + offset] & 0xC0 == 0x80 else { return nil }
    scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F)
  }
  guard scalar >= smallest, Unicode.Scalar(scalar) != nil else { return nil }
  return (scalar, length)
}

private func hexadecimal(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
