/// A part of a picture by its edges in pixels; `nil` is the edge of the picture.
package struct Box: Hashable, Sendable {
  package let left: Int?
  package let top: Int?
  package let right: Int?
  package let bottom: Int?

  package init(left: Int?, top: Int?, right: Int?, bottom: Int?) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  /// The box that a value stands for (language specification, section 14): a list of exactly 4, each null or an integer.
  /// Null is `nil`.
  ///
  /// - Throws: a `value` error for anything else.
  package init?(_ value: Value) throws(RuntimeError) {
    if value.isNull { return nil }
    guard case .list(let list) = value, list.count == 4 else {
      throw RuntimeError(.value, "a box is a list of left, top, right and bottom")
    }
    let edges = try list.map { (element) throws(RuntimeError) in element.isNull ? nil : try element.wholeNumber() }
    self.init(left: edges[0], top: edges[1], right: edges[2], bottom: edges[3])
  }
}

extension Value {
  /// The value through `integer`, within 64 bits.
  ///
  /// - Throws: a `value` error when it is none.
  func wholeNumber() throws(RuntimeError) -> Int {
    guard case .integer(let number) = try castInteger() else {
      throw RuntimeError(.value, "\(quotedForError(self)) is too large")
    }
    return number
  }
}
