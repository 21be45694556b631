/// What differs between two plans, and whether those who call the old one can call the new one.
package struct PlanDifference: Hashable, Sendable {
  /// Of the JSON form. A change that readers notice changes it.
  package static let formatVersion = "1.0"

  /// Whether callers notice.
  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// What a caller gives is still taken, and what it gets is still what it was.
    case compatible
    case breaking
    /// A type that nobody knows may have changed.
    case unknown
  }

  /// The exit status of `plan --against --detailed-exitcode`.
  package enum Status: Int32, Hashable, Sendable {
    case same = 0
    case changed = 4
    case breaking = 5
  }

  /// One thing that callers may notice.
  package struct Reason: Hashable, Sendable {
    package var verdict: Verdict
    /// A stable name of the kind of reason: `input-required`.
    package var code: String
    package var message: String
    package var workflow: String?
    package var old: PlanSnapshot.Place?
    package var new: PlanSnapshot.Place?
  }

  /// A value that differs. One side is `nil` where it is added or removed.
  package struct FieldChange: Hashable, Sendable {
    package var path: String
    package var old: PlanSnapshot.Field?
    package var new: PlanSnapshot.Field?
  }

  /// What became of a job.
  package struct JobChange: Hashable, Sendable {
    /// In what way the job differs.
    package enum Kind: String, Hashable, Sendable {
      case added
      case removed
      /// It says something else, or has another name.
      case changed
      /// It stands at another place of the list, which has no meaning.
      case moved
      /// It says the same, but depends on something that changed.
      case affected
    }

    package var kind: Kind
    /// `nil` when it is added.
    package var oldID: String?
    /// `nil` when it is removed.
    package var newID: String?
    /// The workflow in which it stood, where that is another one.
    package var oldWorkflow: String?
    package var old: PlanSnapshot.Place?
    package var new: PlanSnapshot.Place?
    package var fields: [FieldChange]

    /// Whether the job has another name.
    package var isRenamed: Bool { oldID != nil && newID != nil && oldID != newID }
  }

  /// What became of a workflow.
  package struct WorkflowChange: Hashable, Sendable {
    /// In what way the workflow differs.
    package enum Kind: String, Hashable, Sendable {
      case added
      case removed
      case changed
    }

    package var kind: Kind
    package var oldID: String?
    package var newID: String?
    package var old: PlanSnapshot.Place?
    package var new: PlanSnapshot.Place?
    package var fields: [FieldChange]
    package var jobs: [JobChange]

    /// The new id, or that of a workflow which is gone.
    package var id: String { newID ?? oldID ?? "" }
    package var isRenamed: Bool { oldID != nil && newID != nil && oldID != newID }
  }

  /// A line that only one of the plans has, such as a host that is called.
  package struct Listed: Hashable, Sendable {
    package var text: String
    package var isAdded: Bool
    package var place: PlanSnapshot.Place?

    package init(_ text: String, isAdded: Bool, place: PlanSnapshot.Place? = nil) {
      self.text = text
      self.isAdded = isAdded
      self.place = place
    }
  }

  /// Those that changed, in the order of the new plan; removed ones last.
  package var workflows: [WorkflowChange] = []
  package var serving: [FieldChange] = []
  package var environment: [Listed] = []
  /// What a run touches outside of the process.
  package var effects: [Listed] = []
  /// Sorted by weight: breaking ones first.
  package var reasons: [Reason] = []

  /// Nothing differs.
  package init() {}

  /// The worst of all reasons; `unknown` counts more than `compatible` and less than `breaking`.
  package var verdict: Verdict {
    let verdicts = Set(reasons.map(\.verdict))
    return verdicts.contains(.breaking) ? .breaking : verdicts.contains(.unknown) ? .unknown : .compatible
  }

  /// The order of jobs alone is no change.
  package var status: Status {
    if verdict == .breaking { return .breaking }
    let hasChanges =
      !serving.isEmpty || !environment.isEmpty || !effects.isEmpty || !reasons.isEmpty
      || workflows.contains { workflow in
        workflow.kind != .changed || workflow.isRenamed || !workflow.fields.isEmpty
          || workflow.jobs.contains { $0.kind != .moved }
      }
    return hasChanges ? .changed : .same
  }
}
