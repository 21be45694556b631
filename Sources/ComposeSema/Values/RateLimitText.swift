import ComposeBasic

/// The short form of a rate limit: `10/1s`, `10/s`. The reference reads it when it loads the file.
struct RateLimitText {
  enum Problem: Equatable {
    case form
    case noRequests
    case noPeriod
  }

  let text: String

  init(_ text: String) { self.text = text }

  var problem: Problem? {
    let sides = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0).trimmingBlanks }
    guard sides.count == 2, !sides[0].isEmpty, sides[0].allSatisfy(Self.isDigit) else { return .form }
    guard let unit = ["ms", "s", "m", "h", "d"].first(where: { sides[1].hasSuffix($0) }) else { return .form }
    let quantity = sides[1].dropLast(unit.count)
    let parts = quantity.split(separator: ".", omittingEmptySubsequences: false)
    guard quantity.isEmpty || parts.count <= 2 && parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isDigit) })
    else { return .form }
    if sides[0].allSatisfy({ $0 == "0" }) { return .noRequests }
    return !quantity.isEmpty && Double(String(quantity)) == 0 ? .noPeriod : nil
  }

  /// `10 per second` as `10/1s`, when it can be told.
  var repaired: String? {
    let compact = text.lowercased().filter { !$0.isWhitespace }
    let requests = compact.prefix(while: Self.isDigit)
    var rest = compact.dropFirst(requests.count)
    for word in ["requests", "req", "calls", "per", "/", "each", "every"] where rest.hasPrefix(word) {
      rest = rest.dropFirst(word.count)
    }
    guard !requests.isEmpty, Int(requests) != 0, !rest.isEmpty else { return nil }
    let period = rest.first?.isNumber == true ? String(rest) : "1" + rest
    return DurationText(period).repaired.map { requests + "/" + $0 }
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
