import ComposeBasic

/// Words by which authors mark a text as not the real thing.
private let markers = [
  "your", "placeholder", "replace", "changeme", "change-me", "redacted", "insert", "dummy", "here",
]

/// Texts that stand where a credential must be written but none is needed, and passwords that keep nobody out.
private let commonWords: Set<String> = [
  "admin", "any", "apikey", "api-key", "api_key", "bar", "default", "dummy", "empty", "example", "fake", "false", "foo",
  "guest", "lm-studio", "minioadmin", "mock", "n/a", "neo4j", "no-key", "no-key-required", "none", "not-needed",
  "nothing", "null", "ollama", "pass", "passwd", "password", "postgres", "redis", "root", "sandbox", "secret", "string",
  "test", "test-key", "testing", "text", "todo", "token", "true", "unused", "user", "value",
]

/// Whether a text only shows where a credential goes.
func isPlaceholder(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
  let text = String(decoding: bytes, as: UTF8.self).lowercased()
  if commonWords.contains(text) { return true }
  if markers.contains(where: { text.contains($0) }) { return true }
  if text.contains("...") || text.contains("\u{2026}") || text.hasPrefix("<") || text.hasPrefix("[") { return true }
  // A row of the same sign stands for what is left out.
  var run = 0
  var last: UInt8 = 0
  for byte in text.utf8 {
    run = byte == last ? run + 1 : 1
    last = byte
    if run >= 4, [UInt8(ascii: "x"), UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte) {
      return true
    }
  }
  return false
}

/// Whether a text may be a credential where nothing else belongs: one word of letters and digits.
func looksLikeCredential(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  return (8...4096).contains(bytes.count) && !isPlaceholder(bytes) && bytes.contains(where: \.isDigit)
    && bytes.contains { $0.isSmallLetter || $0.isCapital } && bytes.allSatisfy { (0x21...0x7E).contains($0) }
}

/// Whether a text has the look of something that a machine made up: long, without blanks, and mixed.
func looksRandom(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  guard (16...512).contains(bytes.count), !isPlaceholder(bytes) else { return false }
  let others = Array("+/=.~:".utf8)
  guard bytes.allSatisfy({ $0.isTokenByte || others.contains($0) }), Set(bytes).count >= 8 else { return false }
  guard bytes.contains(where: \.isDigit), bytes.contains(where: { $0.isSmallLetter || $0.isCapital }) else {
    return false
  }
  // Names such as text-embedding-3-small are words with a number, not the other way round.
  let words = bytes.split { !$0.isDigit && !$0.isSmallLetter && !$0.isCapital }
  return words.contains { word in
    word.count >= 10 && word.contains(where: \.isDigit) && word.contains { $0.isSmallLetter || $0.isCapital }
  }
}
