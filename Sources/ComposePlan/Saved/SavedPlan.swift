import ComposeBasic
import ComposeSema
import ComposeSyntax

/// A plan in a file (`plan -o FILE`): what a run needs to know that nothing changed since, and what a comparison needs
/// when the files are gone.
///
/// Secrets are not in it: of a secret variable it says that it was set.
package struct SavedPlan: Hashable, Sendable {
  /// Of what is added to the printed plan. Any other is refused.
  package static let formatVersion = "1.0"

  /// A variable as it was when the plan was saved.
  package struct Need: Hashable, Sendable {
    package var name: String
    package var isSecret: Bool
    package var isSet: Bool
    /// `nil` for a secret.
    package var value: String?
  }

  /// The compose files, as they were named.
  package let files: [String]
  /// The workflow that was planned, if one was named.
  package let workflow: String?
  /// What was given with `--input`, as JSON.
  package let input: JSONDocument?
  /// By name.
  package let needs: [Need]
  package let snapshot: PlanSnapshot

  /// - Parameters:
  ///   - workflow: the one that was named, if one was.
  ///   - input: what was given, as JSON.
  /// - Returns: `nil` when the compilation has errors.
  package init?(_ compilation: Compilation, workflow: String? = nil, input: JSONDocument? = nil) {
    guard let snapshot = PlanSnapshot(compilation), let plan = compilation.lowered else { return nil }
    self.snapshot = snapshot
    self.workflow = workflow
    self.input = input
    files = compilation.program.file.sources.map(\.path)
    needs = SavedPlan.needs(of: plan)
  }

  init(files: [String], workflow: String?, input: JSONDocument?, needs: [Need], snapshot: PlanSnapshot) {
    self.files = files
    self.workflow = workflow
    self.input = input
    self.needs = needs
    self.snapshot = snapshot
  }

  static func needs(of plan: Plan) -> [Need] {
    let redactor = Redactor(secrets: plan.secrets)
    return plan.environment.map { need in
      // A variable may hold a secret although its name does not say so.
      let isSecret = need.isSecret || need.value.map(redactor.isSecret) ?? false
      return Need(
        name: need.name, isSecret: isSecret, isSet: need.value != nil, value: isSecret ? nil : need.value)
    }
  }
}

/// Why a file is not taken for a saved plan.
package enum SavedPlanError: Error, Hashable, Sendable {
  case notJSON(JSONDocumentError)
  /// It is JSON, but not a plan that was saved.
  case noSavedPlan
  /// It was saved by another version of the program.
  case otherVersion(String)
  /// It was changed by hand, or damaged.
  case edited

  /// What a message says behind the file's name.
  package var message: String {
    switch self {
    case .notJSON(let error): "is not JSON: \(error.message) at byte \(error.offset)"
    case .noSavedPlan: "is no saved plan: write one with 'plan -o FILE'"
    case .otherVersion(let version):
      "was saved in format \(version), and this is \(SavedPlan.formatVersion): save it anew"
    case .edited: "was edited after it was saved: its digest does not fit; save it anew"
    }
  }
}
