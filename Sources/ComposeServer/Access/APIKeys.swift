/// The keys that callers may present.
struct APIKeys: Sendable {
  private struct Entry {
    /// As long as all others.
    let padded: [UInt8]
    let length: Int
    let workflows: Set<String>?
  }

  private let entries: [Entry]
  private let width: Int

  init(_ keys: [APIKey]) {
    let keys = keys.filter { !$0.key.isEmpty }
    // In steps, so that the time of a comparison does not give the length of the longest key away.
    let width = (keys.map(\.key.utf8.count).max() ?? 0) / 256 * 256 + 256
    self.width = width
    entries = keys.map { key in
      let bytes = Array(key.key.utf8)
      return Entry(
        padded: bytes + [UInt8](repeating: 0, count: width - bytes.count), length: bytes.count,
        workflows: key.workflows)
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// Who presents the value of an `Authorization` header; `nil` for nobody who may ask. Where there are no keys, anyone
  /// may.
  ///
  /// How long it takes tells nothing about the keys: every byte of every key is compared, whatever is presented.
  func caller(for authorization: String?) -> Caller? {
    if isEmpty { return .anyone }
    let scheme = "bearer "
    guard let authorization, authorization.utf8.count > scheme.utf8.count,
      authorization.prefix(scheme.count).lowercased() == scheme
    else { return nil }
    let presented = Array(authorization.dropFirst(scheme.count).utf8)
    let padded = Array(presented.prefix(width)) + [UInt8](repeating: 0, count: max(0, width - presented.count))
    var caller: Caller?
    for entry in entries {
      var difference = entry.length ^ presented.count
      for index in 0..<width { difference |= Int(entry.padded[index] ^ padded[index]) }
      if difference == 0 { caller = Caller(workflows: entry.workflows).joined(with: caller) }
    }
    return caller
  }
}
