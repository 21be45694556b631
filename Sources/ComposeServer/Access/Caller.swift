/// Who asks, and what it may see.
struct Caller: Sendable {
  /// The workflows that it may run; `nil` for all.
  private let workflows: Set<String>?

  init(workflows: Set<String>?) { self.workflows = workflows }

  /// Whoever asks where no keys are needed.
  static let anyone = Caller(workflows: nil)

  /// Who may do what either of the two may: a key may be there twice.
  func joined(with other: Caller?) -> Caller {
    guard let other else { return self }
    guard let workflows, let others = other.workflows else { return .anyone }
    return Caller(workflows: workflows.union(others))
  }

  /// Whether it may run the workflow and see its tasks.
  func mayRun(_ workflow: String) -> Bool { workflows?.contains(workflow) ?? true }
}
