import ComposeBasic
import ComposeSyntax

/// A text without quotes, with what stands around it in the file.
struct WrittenText {
  let scalar: YAMLScalar
  let node: YAMLNode
  /// The key that it belongs to.
  let key: SourceRange?
  let source: SourceFile

  init(_ scalar: YAMLScalar, node: YAMLNode, key: SourceRange?, in source: SourceFile) {
    self.scalar = scalar
    self.node = node
    self.key = key
    self.source = source
  }

  static let comment = DiagnosticCode(
    "comment-in-value", .warning, "A comment that may be part of the text",
    explanation: """
      A blank and `#` start a comment: the text ends there. If the rest belongs to it, quote the text. A comment for
      people has a blank behind the `#`.

      ```yaml bad
      component:
        type: http-client
        action:
          endpoint: https://api.example.com
          body:
            text: Answer in channel #general only
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        action:
          endpoint: https://api.example.com
          body:
            text: "Answer in channel #general only"
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let quotes = DiagnosticCode(
    "typographic-quotes", .warning, "Typographic quotes around a text",
    explanation: """
      Only straight quotes are quotes in YAML. Typographic ones are part of the text.

      ```yaml bad
      component:
        type: http-client
        action: {endpoint: https://api.example.com, body: {text: “Hello”}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        action: {endpoint: https://api.example.com, body: {text: "Hello"}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  /// Says that a comment probably belongs to the text: no blank follows the `#`, and words or nothing stand before it.
  var commentFinding: Diagnostic? {
    guard let range = commentRange else { return nil }
    let hasWords = scalar.text.contains(" ")
    guard scalar.value == .null && scalar.text.isEmpty || hasWords && !isNumber else { return nil }
    let comment = SourceRange(file: source.id, start: range.lowerBound, end: range.upperBound)
    let message =
      hasWords ? "' #' starts a comment: the text ends at '\(lastWords)'" : "'#' starts a comment: there is no value"
    let whole = hasWords ? node.range.union(comment) : comment
    return Diagnostic(Self.comment, message, at: comment)
      .help("quote the text if the rest belongs to it, or write a blank behind '#'")
      .upstream(hasWords ? "uses the text up to there" : "uses null")
      .fix("quote the text", .suggested, replace: whole, with: Self.quoted(source.text(of: whole)))
  }

  /// Says that the whole text stands in typographic quotes.
  var quotesFinding: Diagnostic? {
    let text = scalar.text
    // All of them begin with this byte.
    guard text.utf8.first == 0xE2 else { return nil }
    guard text.count > 1, let first = text.first, let last = text.last, "“‘„”".contains(first), "”’“‘".contains(last)
    else { return nil }
    let inner = String(text.dropFirst().dropLast())
    guard !inner.contains(where: { "“”„".contains($0) }) else { return nil }
    return Diagnostic(Self.quotes, "typographic quotes are part of the text", at: node.range)
      .help("use straight quotes")
      .upstream("uses the text with these quotes")
      .fix("use straight quotes", .suggested, replace: node.range, with: Self.quoted(inner))
  }

  /// Whether YAML reads the words as a number or a date: nobody quotes those.
  private var isNumber: Bool {
    if case .text = scalar.value { false } else { true }
  }

  private var lastWords: String {
    let words = scalar.text.split(separator: " ")
    return words.count > 3 ? "… " + words.suffix(3).joined(separator: " ") : scalar.text
  }

  /// The bytes of a comment without a blank behind its `#`, on the line where the value ends.
  private var commentRange: Range<Int>? {
    let bytes = source.bytes
    // An empty value has no place of its own on the line.
    var index = Int(scalar.text.isEmpty ? key?.end ?? node.range.end : node.range.end)
    if scalar.text.isEmpty, index < bytes.count, bytes[index] == UInt8(ascii: ":") { index += 1 }
    let start = index
    while index < bytes.count, bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\t") { index += 1 }
    guard index > start, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "#") else { return nil }
    let isWord: (UInt8) -> Bool = { byte in
      byte >= 0x80 || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    guard isWord(bytes[index + 1]) else { return nil }
    var end = source.lines.range(ofLine: source.lines.line(at: index)).upperBound
    while end > index, bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\t") { end -= 1 }
    return index..<end
  }

  /// In double quotes, or in single ones where the text has double quotes or backslashes.
  private static func quoted(_ text: String) -> String {
    guard text.contains("\"") || text.contains("\\") else { return "\"\(text)\"" }
    var doubled = ""
    for character in text { doubled += character == "'" ? "''" : String(character) }
    return "'\(doubled)'"
  }
}
