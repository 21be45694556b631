package import ComposeBasic

/// How often something happens at most; a limit that does not exist has the reason why.
package enum UpperBound: Sendable {
  case atMost(Int)
  /// - Parameter reasons: each term that may be of any size, once, in the order of the plan.
  case none([Reason])

  /// A term without a limit.
  package struct Reason: Hashable, Sendable {
    /// `for-each over ${input.items}`.
    package let text: String
    package let range: SourceRange
  }

  package static let zero = UpperBound.atMost(0)

  var isZero: Bool {
    if case .atMost(0) = self { true } else { false }
  }

  /// What is beyond 64 bits stays the largest number there is.
  package static func + (left: UpperBound, right: UpperBound) -> UpperBound {
    switch (left, right) {
    case (.atMost(let left), .atMost(let right)):
      let (sum, overflows) = left.addingReportingOverflow(right)
      return overflows ? .atMost(.max) : .atMost(sum)
    case (.none(let left), .none(let right)): return .none(left + right.filter { !left.contains($0) })
    case (.none, .atMost): return left
    case (.atMost, .none): return right
    }
  }

  /// Nothing, however often, is nothing.
  package static func * (left: UpperBound, right: UpperBound) -> UpperBound {
    if left.isZero || right.isZero { return .zero }
    switch (left, right) {
    case (.atMost(let left), .atMost(let right)):
      let (product, overflows) = left.multipliedReportingOverflow(by: right)
      return overflows ? .atMost(.max) : .atMost(product)
    case (.none, .none): return left + right
    case (.none, .atMost): return left
    case (.atMost, .none): return right
    }
  }

  /// The one that is larger; without a limit, both have their say.
  static func larger(_ left: UpperBound, _ right: UpperBound) -> UpperBound {
    switch (left, right) {
    case (.atMost(let left), .atMost(let right)): .atMost(Swift.max(left, right))
    case (.none, .none): left + right
    case (.none, .atMost): left
    case (.atMost, .none): right
    }
  }
}

/// How many calls of providers and other servers a run makes in the worst case.
package struct CallBound: Sendable {
  /// For the whole workflow. Of jobs that exclude each other only the dearest counts.
  package let total: UpperBound
  /// For each job of the workflow, all its runs together, in the order of the plan.
  package let jobs: [(name: String, bound: UpperBound)]
}

/// Counts the calls of one workflow, with those of the workflows that it runs.
package func callBound(of workflow: WorkflowPlan, in plan: Plan) -> CallBound {
  CallCounter(plan: plan, running: [], known: WorkflowMemo()).bound(of: workflow)
}
