/// One expression as the reference implementation reads it, in bytes of the scalar's text.
package struct ReferenceMatch: Hashable, Sendable {
  /// From `$` to behind the closing brace.
  package var span: Range<Int>
  /// Without `[]`.
  package var root: Range<Int>
  /// Whether `[]` follows the root.
  package var isChunk = false
  /// With its brackets.
  package var index: Range<Int>?
  /// Behind the first dot.
  package var path: Range<Int>?
  package var cast: Cast?
  /// The text that becomes the default, white space at its end included.
  package var fallback: Range<Int>?
  /// All annotations, from the first `@` to behind the last parenthesis.
  package var annotations: Range<Int>?

  /// The parts of a conversion.
  package struct Cast: Hashable, Sendable {
    /// Where the word `as` begins.
    package var keyword: Int
    package var type: Range<Int>
    package var isList = false
    package var subtype: Range<Int>?
    /// Between the brackets.
    package var attributes: Range<Int>?
    package var format: Range<Int>?
  }
}
