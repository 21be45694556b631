import ComposeBasic
import ComposePlan

/// A text that is put together of pieces, which are rendered from the last to the first. When nothing is left of the
/// others, the first piece is the whole text and keeps its type (language specification, section 5).
struct JoinedText {
  /// From the last to the first.
  private var texts: [String] = []
  /// Whether nothing is left of the pieces so far.
  private(set) var isEmpty = true

  var value: Value { .text(texts.count == 1 ? texts[0] : texts.reversed().joined()) }

  mutating func prepend(_ text: String) {
    isEmpty = isEmpty && text.isEmpty
    texts.append(text)
  }

  /// - Throws: a `value` error when the value cannot stand inside a text.
  mutating func prepend(_ value: Value, of reference: PlanReference) throws(RuntimeError) {
    do throws(RuntimeError) {
      prepend(try value.interpolatedText())
    } catch {
      throw error.located(range: reference.range)
    }
  }
}

extension PlanPiece {
  /// The text of a piece that is no reference.
  ///
  /// - Throws: that an environment variable is not set.
  func literal(at range: SourceRange) throws(RuntimeError) -> String {
    switch self {
    case .text(let literal): return literal
    case .environment(let variable):
      if let value = variable.value { return value }
      throw RuntimeError(.invalidInput, "the environment variable '\(variable.name)' is not set", range: range)
    case .reference: return ""
    }
  }
}
