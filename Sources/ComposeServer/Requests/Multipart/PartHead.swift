import ComposeBasic

/// What the head of a part of a form says (RFC 7578, section 4).
struct PartHead: Hashable, Sendable {
  /// The most fields of one head.
  private static let fieldLimit = 16

  /// The name of the form's field.
  let name: String
  /// As the client calls the file; `nil` for a part that is no file.
  let filename: String?
  let contentType: String?

  /// - Parameter bytes: the lines with the empty one behind them.
  init(_ bytes: ArraySlice<UInt8>) throws(ErrorAnswer) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .invalidMultipart("the head of a part is no UTF-8 text")
    }
    let fields = try Self.fields(of: text)
    guard let header = fields["content-disposition"], let disposition = HeaderParameters(header),
      disposition.value.lowercased() == "form-data"
    else { throw .invalidMultipart("a part has no 'Content-Disposition: form-data'") }
    guard let name = disposition["name"], !name.isEmpty else { throw .invalidMultipart("a part has no name") }
    self.name = Self.unescaped(name)
    // RFC 7578 does without the second form, and yet some programs use it for names that are not ASCII.
    filename = disposition["filename"].map(Self.unescaped) ?? disposition["filename*"].flatMap(Self.extended)
    contentType = fields["content-type"]
    try Self.checkEncoding(fields["content-transfer-encoding"])
    if filename == nil { try Self.checkText(contentType) }
  }

  /// The fields by their names in lower case.
  private static func fields(of text: String) throws(ErrorAnswer) -> [String: String] {
    var fields: [String: String] = [:]
    for line in text.split(separator: "\r\n") {
      guard let colon = line.firstIndex(of: ":"), !line[..<colon].isEmpty,
        line[..<colon].unicodeScalars.allSatisfy({ 0x21...0x7E ~= $0.value })
      else { throw .invalidMultipart("a line in the head of a part is no header field") }
      let value = String(line[line.index(after: colon)...]).trimmingBlanks
      if value.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F }) {
        throw .invalidMultipart("the head of a part has control characters")
      }
      guard fields.updateValue(value, forKey: line[..<colon].lowercased()) == nil else {
        throw .invalidMultipart("a header field stands twice in the head of a part")
      }
      if fields.count > fieldLimit { throw .invalidMultipart("a part has more than \(fieldLimit) header fields") }
    }
    return fields
  }

  /// Browsers write these three characters with percent signs, and no others.
  private static func unescaped(_ text: String) -> String {
    guard text.contains("%") else { return text }
    var result = ""
    var rest = Substring(text)
    while let character = rest.popFirst() {
      let escaped: Character? =
        switch character == "%" ? rest.prefix(2).uppercased() : "" {
        case "22": "\""
        case "0D": "\r"
        case "0A": "\n"
        default: nil
        }
      result.append(escaped ?? character)
      if escaped != nil { rest = rest.dropFirst(2) }
    }
    return result
  }

  /// `UTF-8''a%20b` (RFC 8187); `nil` for what is malformed or of another encoding.
  private static func extended(_ text: String) -> String? {
    let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
    return percentDecoded(parts[2])
  }

  private static func checkEncoding(_ encoding: String?) throws(ErrorAnswer) {
    guard let encoding, !["7bit", "8bit", "binary"].contains(encoding.lowercased()) else { return }
    throw .invalidMultipart("a part has a Content-Transfer-Encoding, which forms do not have")
  }

  /// A text in another encoding would be misread.
  private static func checkText(_ contentType: String?) throws(ErrorAnswer) {
    guard let contentType, let charset = HeaderParameters(contentType)?["charset"]?.lowercased() else { return }
    guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(charset) else {
      throw .invalidMultipart("a text is not in UTF-8")
    }
  }
}
