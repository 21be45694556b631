/// The parts of a header field, as HTTP allows them.
enum HeaderText {
  /// Whether the text is a field name: one or more characters of a token (RFC 9110, section 5.6.2).
  static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  /// The UTF-8 offset of a character that no field value may have: a line break or NUL (RFC 9110, section 5.5).
  static func forbiddenOffset(in value: String) -> Int? {
    value.utf8.enumerated().first { $0.element == 10 || $0.element == 13 || $0.element == 0 }?.offset
  }
}
