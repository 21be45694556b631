extension String {
  /// Whether both texts are the same code points.
  ///
  /// `==` on `String` takes composed and decomposed letters for equal; keys and values of the language do not.
  func hasSameCodePoints(as other: String) -> Bool {
    // `==` is fast where both are ASCII, and it is true whenever the code points are the same.
    guard self == other else { return false }
    return utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
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
