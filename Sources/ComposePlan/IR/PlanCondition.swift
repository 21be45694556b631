package import ComposeBasic

/// Whether an element passes a `where` (language specification, section 9).
package indirect enum PlanCondition: Sendable {
  case comparison(PlanComparison)
  case all([PlanCondition])
  case any([PlanCondition])
  case not(PlanCondition)
  /// Not an object, which fails only when it is reached.
  case invalid(SourceRange)
}

/// `"?"`: conditions that are tried in order.
package struct PlanConditional: Sendable {
  package let branches: [PlanBranch]

  package init(_ branches: [PlanBranch]) { self.branches = branches }
}

/// A condition with what it leads to.
package enum PlanBranch: Sendable {
  /// - Parameters:
  ///   - then: `if_true`; null without it.
  ///   - otherwise: `if_false`; without it, the next condition is tried.
  case branch(PlanComparison, then: PlanTemplate?, otherwise: PlanTemplate?)
  /// Not an object, which fails only when it is reached.
  case invalid(SourceRange)
}

/// Two values and how they are compared.
package struct PlanComparison: Sendable {
  /// Null when the file gives none.
  package let input: PlanTemplate?
  package let method: Method
  /// Null when the file gives none.
  package let value: PlanTemplate?
  package let range: SourceRange

  /// How two values are compared. The name is taken as it is written, and never rendered.
  package enum Method: Hashable, Sendable {
    case known(ComparisonName)
    /// A name that there is not, which fails only when it is reached.
    case unknown(String)

    /// The name as it is written.
    package var name: String {
      switch self {
      case .known(let name): name.rawValue
      case .unknown(let name): name
      }
    }
  }

  package init(input: PlanTemplate?, method: Method, value: PlanTemplate?, range: SourceRange) {
    self.input = input
    self.method = method
    self.value = value
    self.range = range
  }
}

/// The names that `operator` knows.
package enum ComparisonName: String, CaseIterable, Hashable, Sendable {
  case equal = "eq"
  case notEqual = "neq"
  case greater = "gt"
  case greaterOrEqual = "gte"
  case less = "lt"
  case lessOrEqual = "lte"
  case isIn = "in"
  case isNotIn = "not-in"
  case startsWith = "starts-with"
  case endsWith = "ends-with"
  case match
}
