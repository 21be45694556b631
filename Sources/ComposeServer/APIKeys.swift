/// The keys that callers may present.
struct APIKeys: Sendable {
  private let keys: [[UInt8]]

  init(_ keys: [String]) { self.keys = keys.filter { !$0.isEmpty }.map { Array($0.utf8) } }

  var isEmpty: Bool { keys.isEmpty }

  /// Who presents the value of an `Authorization` header; `nil` for nobody who may ask.
  func caller(for authorization: String?) -> Caller? { isEmpty || accept(authorization) ? .anyone : nil }

  /// Whether the value of an `Authorization` header presents one of the keys.
  ///
  /// How long it takes tells nothing about the keys but their lengths.
  func accept(_ authorization: String?) -> Bool {
    let scheme = "bearer "
    guard let authorization, authorization.utf8.count > scheme.utf8.count,
      authorization.prefix(scheme.count).lowercased() == scheme
    else { return false }
    let presented = Array(authorization.dropFirst(scheme.count).utf8)
    var isAccepted = false
    for key in keys {
      var difference = key.count == presented.count ? UInt8(0) : 1
      for index in key.indices { difference |= key[index] ^ (index < presented.count ? presented[index] : 0) }
      if difference == 0 { isAccepted = true }
    }
    return isAccepted
  }
}
