extension HTTPRequest {
  /// Makes sure that the request says what it seems to say: nothing in it can start a line of its own.
  ///
  /// The grammar is RFC 9110, sections 5.5 and 5.6.2.
  ///
  /// - Returns: whom the request goes to.
  /// - Throws: `invalidURL` or `invalidRequest`; the message never contains a header's value.
  @discardableResult
  func checked() throws(HTTPError) -> HTTPOrigin {
    guard method.isToken else {
      throw HTTPError(.invalidRequest, "the method is not a word: letters, digits and '-' only")
    }
    for header in headers {
      guard header.name.isToken else {
        throw HTTPError(.invalidRequest, "a header's name is empty or contains a space, a colon or a control character")
      }
      guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw HTTPError(
          .invalidRequest, "the value of the header '\(header.name)' contains a line break or a control character")
      }
    }
    return try HTTPOrigin(url: url)
  }

  func hasHeader(_ name: String) -> Bool {
    headers.contains { $0.isNamed(name) }
  }
}

extension String {
  /// RFC 9110, section 5.6.2.
  fileprivate var isToken: Bool {
    !isEmpty
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default:
          "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
