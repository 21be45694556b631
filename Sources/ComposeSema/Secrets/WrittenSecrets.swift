package import ComposeBasic
package import ComposeSyntax

/// What the places of a file tell about secrets, whatever variables are called: texts that are written in it as
/// credentials, and variables that stand where credentials are sent.
///
/// It is for hiding values, so it may be generous.
package struct WrittenSecrets: Sendable {
  package private(set) var texts: [String] = []
  /// Where they stand.
  package private(set) var places: [SourceRange] = []
  /// By their names.
  package private(set) var variables: Set<String> = []

  package init(in root: YAMLNode?) {
    if let root { search(root, key: "") }
  }

  /// Everything that must not be shown.
  ///
  /// - Parameter environment: the variables of the file.
  package func values(of environment: [EnvironmentReference]) -> [String] {
    texts + environment.filter { $0.isSecret || variables.contains($0.name) }.compactMap(\.value)
  }

  private mutating func search(_ node: YAMLNode, key: String) {
    switch node.content {
    case .sequence(let items): for item in items { search(item, key: key) }
    case .mapping(let entries): for entry in entries { search(entry.value, key: entry.name ?? "") }
    case .scalar(let scalar): search(scalar, key: key)
    }
  }

  private mutating func search(_ scalar: YAMLScalar, key: String) {
    let bytes = Array(scalar.text.utf8)
    // Short ones are words that stand elsewhere, too.
    for range in CredentialRanges.all(in: scalar.text, bytes, key: key) where range.count >= 8 {
      texts.append(String(decoding: bytes[range], as: UTF8.self))
      places.append(scalar.map.range(range))
    }
    guard !scalar.environment.isEmpty, CredentialKey(key) != nil || key.lowercased() == "cookie" else { return }
    for span in scalar.environment where !Self.schemes.contains(span.reference.value?.lowercased() ?? "") {
      variables.insert(span.reference.name)
    }
  }

  /// What may stand before a credential.
  private static let schemes: Set<String> = ["bearer", "basic", "token", "key", "apikey", "bot", "digest"]
}

/// Where credentials are written in a text.
enum CredentialRanges {
  /// - Parameter key: the key whose value the text is.
  static func all(in text: String, _ bytes: [UInt8], key: String) -> [Range<Int>] {
    guard bytes.count >= 4 else { return [] }
    return CredentialPattern.matches(in: bytes).map(\.range)
      + (privateKey(in: bytes).map { [$0.whole] } ?? [])
      + URLSecrets.matches(in: bytes).map(\.secret)
      + (CredentialKey(key)?.credential(in: text).map { [$0] } ?? [])
  }

  /// A key in PEM form (RFC 7468), and its first line.
  static func privateKey(in bytes: [UInt8]) -> (header: Range<Int>, whole: Range<Int>)? {
    guard let begin = bytes.firstRange(of: Array("-----BEGIN ".utf8)),
      let end = bytes[begin.upperBound...].firstRange(of: Array("PRIVATE KEY-----".utf8)),
      end.lowerBound - begin.upperBound < 20, bytes.count - end.upperBound > 100
    else { return nil }
    return (begin.lowerBound..<end.upperBound, bytes.indices)
  }
}
