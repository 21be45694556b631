/// What must happen before the first byte of a result reaches the client.
package struct FirstByte: Sendable {
  /// How the result begins.
  package enum Start: Hashable, Sendable {
    /// With the first chunk of the stream that this job gives.
    case stream(job: String)
    /// When everything is there.
    case whole
    /// With what the workflow gives that this job runs.
    case workflow(job: String, id: String)
  }

  /// One way in which a run can end.
  package struct Outcome: Sendable {
    package let start: Start
    /// The jobs whose results the output needs, also through other jobs, in the order of the plan. The job that streams
    /// is not among them: it only has to begin.
    package let after: [String]
    /// Groups of jobs of which one is enough.
    package let afterOneOf: [[String]]
    /// Jobs whose streams are read to their end first, because they stand inside a list, an object or a text.
    package let readWhole: [String]
  }

  /// Several when routing decides how the run ends, in the order of the plan.
  package let outcomes: [Outcome]
  /// Jobs whose results no outcome needs.
  package let unneeded: [String]

  /// Whether each outcome begins with its first chunk.
  package var streams: Bool {
    !outcomes.isEmpty && outcomes.allSatisfy { $0.start != .whole }
  }
}

/// Follows the output of a workflow back to the jobs that make it.
package func firstByte(of workflow: WorkflowPlan, in plan: Plan) -> FirstByte {
  FirstByteFinder(workflow: workflow, plan: plan).firstByte
}
