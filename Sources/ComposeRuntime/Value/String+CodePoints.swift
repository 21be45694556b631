extension String {
  /// Whether both texts are the same code points.
  ///
  /// `==` on `String` takes composed and decomposed letters for equal; keys and values of the language do not.
  func hasSameCodePoints(as other: String) -> Bool {
    let (own, others) = (utf8.span, other.utf8.span)
    guard own.count == others.count else { return false }
    for index in 0..<own.count where own[index] != others[index] { return false }
    return true
  }
}

/// A text as a dictionary key that is compared by its code points.
struct CodePointKey: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: CodePointKey, right: CodePointKey) -> Bool { left.text.hasSameCodePoints(as: right.text) }

  func hash(into hasher: inout Hasher) {
    var copy = text
    copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
