/// What is known about values before a run, at one place of a plan.
///
/// Everything that is given here must be what a run gives at this place, whatever happens before.
package protocol TemplateKnowledge {
  /// What a look-up gives, with its default and its conversion; `nil` when that is not known, or when it would fail.
  func value(of reference: PlanReference) -> PlanTemplate?

  /// How a constant stands inside a text; `nil` when that is not known.
  func text(of constant: PlanTemplate) -> String?

  /// Whether a condition holds between two constants; `nil` when that is not known, or when it would fail.
  func holds(_ input: PlanTemplate, _ name: ComparisonName, _ value: PlanTemplate) -> Bool?

  /// What is known where `item` and `index` stand for an element of a list; without an element, where they stand for
  /// any element.
  func inside(element: (item: PlanTemplate, index: Int)?) -> any TemplateKnowledge
}

/// What a plan alone tells: nothing is looked up and nothing is converted, and only equality of scalars is decided.
struct StructuralKnowledge: TemplateKnowledge {
  func value(of reference: PlanReference) -> PlanTemplate? { nil }

  func text(of constant: PlanTemplate) -> String? {
    if case .constant(.text(let text)) = constant.content { text } else { nil }
  }

  func holds(_ input: PlanTemplate, _ name: ComparisonName, _ value: PlanTemplate) -> Bool? {
    guard case .constant(let left) = input.content, case .constant(let right) = value.content,
      let isEqual = left.isSurelyEqual(to: right)
    else { return nil }
    switch name {
    case .equal: return isEqual
    case .notEqual: return !isEqual
    case .greater, .greaterOrEqual, .less, .lessOrEqual, .isIn, .isNotIn, .startsWith, .endsWith, .match: return nil
    }
  }

  func inside(element: (item: PlanTemplate, index: Int)?) -> any TemplateKnowledge { self }
}

extension PlanConstant {
  /// Whether both are the same value; `nil` between numbers of different kinds, where the run has rules of its own.
  func isSurelyEqual(to other: PlanConstant) -> Bool? {
    switch (self, other) {
    case (.null, .null): true
    case (.null, _), (_, .null): false
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.text, _), (_, .text): false
    case (.boolean(let left), .boolean(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    default: nil
    }
  }
}

extension PlanTemplate {
  /// Whether the value stands here completely.
  package var isConstant: Bool {
    switch content {
    case .constant: true
    case .list(let items): items.allSatisfy(\.isConstant)
    case .object(let members): members.allSatisfy(\.value.isConstant)
    case .text, .reference, .operation: false
    }
  }

  var isNull: Bool {
    if case .constant(.null) = content { true } else { false }
  }

  var constantList: [PlanTemplate]? {
    guard isConstant, case .list(let items) = content else { return nil }
    return items
  }
}
