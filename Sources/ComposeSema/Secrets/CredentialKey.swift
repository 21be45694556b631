import ComposeBasic

/// What the name of a key says about its value.
enum CredentialKey {
  /// A password: any text may be one.
  case password
  /// A key or token that services make up.
  case token
  /// Perhaps a token, perhaps something else of that name.
  case maybe
  /// The header of that name, which may begin with a scheme.
  case authorization

  /// `nil` for the keys that are none of these.
  init?(_ name: String) {
    // Every key of a file comes through here, and most are none of these.
    guard Self.mayCount(name) else { return nil }
    let name = name.lowercased()
    let words = name.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    guard let last = words.last else { return nil }
    let pair = words.suffix(2).joined(separator: " ")
    if ["password", "passwd", "passphrase", "pwd"].contains(last) {
      self = .password
    } else if ["api key", "secret key", "access key", "account key", "client secret", "access token", "auth token"]
      .contains(pair) || ["apikey", "authtoken", "secretkey"].contains(last)
    {
      self = .token
    } else if last == "authorization" {
      self = .authorization
    } else if ["token", "secret"].contains(last) {
      self = .maybe
    } else {
      return nil
    }
  }

  /// One of them is in every name that counts.
  private static let parts = ["pass", "pwd", "key", "token", "secret", "auth"].map { Array($0.utf8) }

  private static func mayCount(_ name: String) -> Bool {
    let bytes = name.utf8.span
    for start in bytes.indices {
      // Letters outside of ASCII may have forms in it.
      if bytes[start] >= 0x80 { return true }
      let first = bytes[start] | 0x20
      for part in parts where part[0] == first && start + part.count <= bytes.count {
        if part.indices.allSatisfy({ bytes[start + $0] | 0x20 == part[$0] }) { return true }
      }
    }
    return false
  }

  /// Where the credential is in a value that is written out; `nil` when the value is none.
  func credential(in text: String) -> Range<Int>? {
    let bytes = Array(text.utf8)
    let whole = bytes.indices
    guard !bytes.isEmpty, !bytes.contains(UInt8(ascii: "\n")), !text.contains("${"), !text.contains("{{"),
      !text.contains("$<"), !isPlaceholder(bytes)
    else { return nil }
    switch self {
    case .password: return bytes.count >= 4 && !bytes.contains(UInt8(ascii: " ")) ? whole : nil
    case .token: return looksLikeCredential(text) ? whole : nil
    case .maybe: return looksRandom(text) ? whole : nil
    case .authorization:
      guard let blank = bytes.firstIndex(of: UInt8(ascii: " ")) else { return looksRandom(text) ? whole : nil }
      let scheme = String(decoding: bytes[..<blank], as: UTF8.self).lowercased()
      let rest = bytes[blank...].drop { $0 == UInt8(ascii: " ") }
      guard ["bearer", "basic", "token", "key", "apikey", "bot"].contains(scheme), !isPlaceholder(rest) else {
        return nil
      }
      let value = String(decoding: rest, as: UTF8.self)
      // Base64 of a name and a password may be short.
      let isBasic = scheme == "basic" && rest.count >= 8 && !rest.contains(UInt8(ascii: " "))
      return isBasic || looksLikeCredential(value) ? rest.startIndex..<rest.endIndex : nil
    }
  }

  /// Completes `… is written into the file`.
  var noun: String {
    switch self {
    case .password: "a password"
    case .token, .maybe, .authorization: "a credential"
    }
  }

  /// The variable to which a credential of that key is moved.
  ///
  /// - Parameter owner: the id of the declaration around it.
  static func variable(for name: String, owner: String?) -> String {
    var words = name.uppercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    if words == ["AUTHORIZATION"] { words = ["TOKEN"] }
    let prefix = words.count > 1 && words.first != "X" ? nil : owner
    let all = (prefix?.uppercased().split { !$0.isLetter && !$0.isNumber }.map(String.init) ?? []) + words
    let text = all.filter { $0 != "X" }.joined(separator: "_")
    return text.utf8.allSatisfy { $0.isTokenByte } && text.first?.isNumber == false ? text : "SECRET_KEY"
  }
}
