package import ComposeBasic
package import ComposeSyntax

/// The values with which a job compares its `input`, each with the job that runs for it.
package struct JobCases: Sendable {
  /// One value as the file writes it.
  package struct Case: Sendable {
    /// `nil` when it is not written.
    package let value: Template?
    /// The value as it is written, when it is a scalar.
    package let text: String?
    /// The whole entry.
    package let range: SourceRange

    package init(value: Template?, text: String?, range: SourceRange) {
      self.value = value
      self.text = text
      self.range = range
    }
  }

  /// In the order of the file.
  package let cases: [Case]
  /// The key of the list.
  package let key: SourceRange?
  /// Whether another job runs for all other values.
  package let hasOtherwise: Bool

  package init(cases: [Case], key: SourceRange?, hasOtherwise: Bool) {
    self.cases = cases
    self.key = key
    self.hasOtherwise = hasOtherwise
  }
}

/// What ends a job that does its work again and again.
package struct JobTurns: Sendable {
  /// The condition, which is looked at after each turn and sees what the turn gave as `output`, and its number, from 0,
  /// as `iteration`.
  package let condition: TemplateEntry
  /// Whether the job ends when the condition holds; else it ends when it does not.
  package let endsWhenTrue: Bool
  /// How often it may run; `nil` when that is not written as a number.
  package let limit: Int?

  package init(condition: TemplateEntry, endsWhenTrue: Bool, limit: Int?) {
    self.condition = condition
    self.endsWhenTrue = endsWhenTrue
    self.limit = limit
  }
}
