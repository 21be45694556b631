/// Who asks, and what it may see.
struct Caller: Sendable {
  /// The workflows that it may run; `nil` for all.
  private let workflows: Set<String>?

  init(workflows: Set<String>?) { self.workflows = workflows }

  /// Whoever asks where no keys are needed.
  static let anyone = Caller(workflows: nil)

  /// Whether it may run the workflow and see its tasks.
  func mayRun(_ workflow: String) -> Bool { workflows?.contains(workflow) ?? true }
}
