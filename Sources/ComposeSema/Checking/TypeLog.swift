package import ComposeBasic

/// The type of one expression of a file.
package struct ExpressionType: Sendable {
  /// From `$` to behind the closing character.
  package let range: SourceRange
  package let type: Type
}

/// The types of expressions, as they are found.
final class TypeLog {
  private var types: [SourceRange: Type] = [:]

  /// The first type stays: a second look at an expression finds the same.
  func record(_ type: Type, at range: SourceRange) {
    if types[range] == nil { types[range] = type }
  }

  /// In the order of the files.
  var all: [ExpressionType] {
    types.map { ExpressionType(range: $0.key, type: $0.value) }
      .sorted {
        ($0.range.file.index, $0.range.start, $1.range.end) < ($1.range.file.index, $1.range.start, $0.range.end)
      }
  }
}
