/// The name of a form's field: `input[a][b]` is member `b` of member `a` of `input`, and `input[a][]` is one more element
/// of the list there.
struct FieldPath: Hashable, Sendable {
  /// How many names may stand one below the other.
  static let maximumDepth = 16

  /// At least one; none is empty.
  let keys: [String]
  let isElement: Bool

  /// - Throws: what is wrong with the brackets.
  init(_ name: String) throws(ErrorAnswer) {
    var rest = Substring(name)
    let first = rest.prefix { $0 != "[" }
    rest = rest[first.endIndex...]
    guard !first.isEmpty, !first.contains("]") else { throw .invalidField(name, "it begins with no name") }
    // The reference takes any sign for a bracket there; left alone, the value would be lost without a word.
    if let member = ["input", "metadata", "callback_headers"].first(where: { first.hasPrefix($0 + ".") }) {
      throw .invalidField(name, "write '\(member)[\(first.dropFirst(member.count + 1))]'")
    }
    var keys = [String(first)]
    var isElement = false
    while !rest.isEmpty {
      if isElement { throw .invalidField(name, "'[]' may stand only at its end") }
      guard rest.removeFirst() == "[", let end = rest.firstIndex(of: "]") else {
        throw .invalidField(name, "its brackets do not match")
      }
      let key = rest[..<end]
      if key.contains("[") { throw .invalidField(name, "its brackets do not match") }
      rest = rest[rest.index(after: end)...]
      if key.isEmpty {
        isElement = true
      } else {
        keys.append(String(key))
      }
      if keys.count > Self.maximumDepth { throw .invalidField(name, "its brackets nest too deeply") }
    }
    self.keys = keys
    self.isElement = isElement
  }
}

extension ErrorAnswer {
  static func invalidField(_ name: String, _ problem: String) -> ErrorAnswer {
    .invalidBody("the field '\(shownName(name))': \(problem)")
  }

  /// A name of a client in a message for that client: short and on one line.
  static func shownName(_ name: String) -> String {
    let text = String(name.prefix(80).map { $0.isNewline ? " " : $0 })
    return text.count < name.count ? text + "…" : text
  }
}
