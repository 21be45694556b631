import ComposeBasic

/// The literal beginning of a web address (RFC 3986), up to the first expression in it.
struct URLText {
  /// What keeps an address from being used. Offsets count UTF-8 bytes of the text.
  enum Problem: Equatable {
    /// No scheme at all, as in `api.example.com/v1` or `localhost:8000`.
    case noScheme
    /// A path alone, which needs an address before it.
    case relative
    case unknownScheme(String, best: String?)
    /// `https:/host`, with too few slashes.
    case slashes
    case noHost
    case blank(offset: Int)
    case port(String)
  }

  /// Without what stands behind the first `${`.
  private let text: Substring
  /// Whether nothing follows ``text``.
  private let isWhole: Bool

  init(_ whole: String) {
    let end = whole.utf8Offset(of: "${").map { whole.utf8.index(whole.startIndex, offsetBy: $0) } ?? whole.endIndex
    text = whole[..<end]
    isWhole = end == whole.endIndex
  }

  /// - Parameter schemes: those that the field takes, the usual one first.
  func problem(schemes: [String]) -> Problem? {
    // An expression at the start may give anything.
    if text.isEmpty { return nil }
    if text.hasPrefix("/") { return .relative }
    guard let scheme, text.dropFirst(scheme.count).hasPrefix(":") else {
      return text.contains(".") || text.contains("/") || isWhole ? .noScheme : nil
    }
    let rest = text.dropFirst(scheme.count + 1)
    let lowercased = scheme.lowercased()
    guard schemes.contains(lowercased) else {
      // `localhost:8000` has a port where the scheme's slashes would be.
      if let next = rest.first, next.isNumber { return .noScheme }
      guard rest.hasPrefix("/") else { return isWhole ? .noScheme : nil }
      return .unknownScheme(scheme, best: suggestion(for: lowercased, among: schemes))
    }
    let slashes = rest.prefix { $0 == "/" }
    if slashes.count > 2 { return .noHost }
    if slashes.count < 2 {
      return rest.count == slashes.count && !isWhole ? nil : .slashes
    }
    return hostProblem(rest.dropFirst(2)) ?? blank(before: "?#")
  }

  /// The scheme by its grammar; `nil` when the text does not start with one.
  private var scheme: String? {
    let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
    guard let first = name.first, first.isLetter else { return nil }
    return String(name)
  }

  /// The first blank behind the scheme and before one of the characters.
  private func blank(before ends: String) -> Problem? {
    let start = text.firstIndex(of: ":").flatMap { text.index($0, offsetBy: 3, limitedBy: text.endIndex) }
    let part = text[(start ?? text.startIndex)...].prefix { !ends.contains($0) }
    return part.firstIndex(where: \.isWhitespace).map {
      .blank(offset: text.utf8.distance(from: text.startIndex, to: $0))
    }
  }

  private func hostProblem(_ rest: Substring) -> Problem? {
    let authority = rest.prefix { !"/?#".contains($0) }
    let isClosed = isWhole || authority.endIndex != rest.endIndex
    if authority.contains(where: \.isWhitespace) { return blank(before: "/?#") }
    // `https://https://host` has a second scheme for its host.
    if authority.hasSuffix(":"), rest.dropFirst(authority.count).hasPrefix("//") { return .slashes }
    let address = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    if address.isEmpty || address.hasPrefix(":") { return isClosed ? .noHost : nil }
    guard isClosed, !address.hasSuffix("]"), let colon = address.lastIndex(of: ":") else { return nil }
    let port = address[address.index(after: colon)...]
    guard !port.isEmpty else { return nil }
    guard let number = Int(port), (0...65535).contains(number) else { return .port(String(port)) }
    return nil
  }
}
