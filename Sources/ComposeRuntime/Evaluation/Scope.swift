/// What the roots of expressions stand for at one place of a run (language specification, section 10).
package struct Scope: Sendable {
  /// Roots that the run has set: `output`, `jobs`, `response`, …. An index directly after one is applied.
  package var roots: [String: Value]
  /// Roots that the caller has set: `input`, `context` and those of listeners. They are looked up last, and an index
  /// directly after one is ignored.
  package var callers: [String: Value]
  /// The roots with `[]`: the present chunk of a stream.
  package var chunks: [String: Value]
  /// What `item` and `index` stand for inside a map; nearer than any root.
  package var element: Element?
  /// What conversions may reach, and whether they decode.
  package var conversion = ConversionContext()

  /// One element of the list or stream that a map walks over.
  package struct Element: Sendable {
    package let item: Value
    /// Counts the elements of the source, from 0.
    package let index: Int

    package init(item: Value, index: Int) {
      self.item = item
      self.index = index
    }
  }

  package init(_ roots: [String: Value] = [:], callers: [String: Value] = [:], chunks: [String: Value] = [:]) {
    self.roots = roots
    self.callers = callers
    self.chunks = chunks
  }
}
