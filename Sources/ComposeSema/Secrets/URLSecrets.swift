import ComposeBasic

/// Credentials inside the text of a URL.
enum URLSecrets {
  struct Match {
    /// Completes `… stands in a URL`.
    let noun: String
    /// What is underlined, in UTF-8 offsets.
    let range: Range<Int>
    /// The credential itself.
    let secret: Range<Int>
    /// The name of the parameter, or `password`.
    let name: String
  }

  /// `scheme://user:password@host`, and parameters of the query whose name says that they are a credential.
  static func matches(in bytes: [UInt8]) -> [Match] {
    guard let start = bytes.firstRange(of: Array("://".utf8))?.upperBound else { return [] }
    return [userinfo(in: bytes, from: start)].compactMap(\.self) + parameters(in: bytes, from: start)
  }

  private static func userinfo(in bytes: [UInt8], from start: Int) -> Match? {
    let ends = Array("/?# \n\"'".utf8)
    let authority = bytes[start...].prefix { !ends.contains($0) }
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
      let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let user = authority[start..<colon]
    let password = authority[(colon + 1)..<at]
    guard password.count >= 3, isLiteral(password), !isPlaceholder(password), !user.elementsEqual(password) else {
      return nil
    }
    return Match(noun: "a password", range: start..<at, secret: (colon + 1)..<at, name: "password")
  }

  private static let names: Set<String> = [
    "api_key", "apikey", "api-key", "access_token", "auth_token", "token", "key", "secret", "client_secret", "password",
    "appid", "sig", "signature",
  ]

  private static func parameters(in bytes: [UInt8], from start: Int) -> [Match] {
    var matches: [Match] = []
    guard let mark = bytes[start...].firstIndex(of: UInt8(ascii: "?")) else { return [] }
    let query = bytes[(mark + 1)...].prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: " ") }
    for parameter in query.split(separator: UInt8(ascii: "&")) {
      guard let equals = parameter.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let name = String(decoding: parameter[..<equals], as: UTF8.self).lowercased()
      let value = parameter[(equals + 1)...]
      guard names.contains(name), isLiteral(value) else { continue }
      let isPassword = name == "password" && value.count >= 4 && !isPlaceholder(value)
      guard isPassword || looksRandom(String(decoding: value, as: UTF8.self)) else { continue }
      let range = value.startIndex..<value.endIndex
      matches.append(Match(noun: "a credential", range: range, secret: range, name: name))
    }
    return matches
  }

  /// Whether nothing in it is put in when the file is read or runs.
  private static func isLiteral(_ bytes: ArraySlice<UInt8>) -> Bool {
    let signs = Array("${}<>%".utf8)
    return !bytes.contains { signs.contains($0) }
  }
}
