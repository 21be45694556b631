package import ComposeBasic

/// A list or object of the file that says how to build a value instead of being one (language specification,
/// section 9).
package indirect enum PlanOperator: Sendable {
  /// A list in which some items stand for several.
  case spreadList([PlanListItem])
  /// An object with `...` or `?` among its keys.
  case merge([PlanMergePart])
  /// `"*"`: an object for each element of a source.
  case map(PlanMap)
  /// `"?"`: the branch of the first condition that decides.
  case conditional(PlanConditional)
  /// `"+"`: parts put together to one text, list, object or stream.
  case join(PlanTemplate)
  /// `"&"`: elements of several sources side by side.
  case zip(PlanTemplate)
  /// `"|"`: one list or stream for each field, all from one source.
  case split(PlanSplit)

  /// The key that stands for the operator in a file.
  package var name: String {
    switch self {
    case .spreadList, .merge: "..."
    case .map: "*"
    case .conditional: "?"
    case .join: "+"
    case .zip: "&"
    case .split: "|"
    }
  }
}

/// An item of a list with spread items.
package enum PlanListItem: Sendable {
  case item(PlanTemplate)
  /// `"...${e}"`: every element of a list.
  case spread(PlanTemplate)
}

/// What an entry adds to an object, in the order of the file.
package enum PlanMergePart: Sendable {
  case member(PlanMember)
  /// `"..."`: every member of an object.
  case spread(PlanTemplate)
  /// `"?"` beside other keys: every member of the object that the branch gives.
  case conditional(PlanConditional, at: SourceRange)
}

/// `"*"` with its filter and what each element becomes.
package struct PlanMap: Sendable {
  /// `nil` when the file gives none: the result is an empty list then.
  package let source: PlanTemplate?
  /// `where`.
  package let filter: PlanCondition?
  /// An object that sees `item` and `index`; without it, elements stay as they are.
  package let element: PlanTemplate?

  package init(source: PlanTemplate?, filter: PlanCondition?, element: PlanTemplate?) {
    self.source = source
    self.filter = filter
    self.element = element
  }
}

/// `"|"` with its fields, which see `item` and `index`.
package struct PlanSplit: Sendable {
  package let source: PlanTemplate
  package let fields: [PlanMember]

  package init(source: PlanTemplate, fields: [PlanMember]) {
    self.source = source
    self.fields = fields
  }
}
