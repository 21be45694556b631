package import ComposeBasic

/// What a job does each time it runs: a small closed set, switched without `default` by the printers, the passes, the
/// hash and the interpreter (`docs/ir.md`). Every kind of job of a file is lowered to one of them.
package indirect enum Operation: Sendable {
  /// Runs an action of a component.
  case invoke(Invocation)
  /// Waits for a time.
  case wait(Wait)
  /// Chooses the job that runs next by what a value is.
  case route(Route)
  /// Chooses the job that runs next by chance.
  case draw(Draw)
  /// Keeps the elements that pass a condition.
  case filter(Filter)
  /// Runs a job for each element.
  case map(ElementLoop)
  /// Runs a job for each element and hands its result on to the next one.
  case fold(Fold)
  /// Runs a job again and again.
  case iterate(Iteration)
  /// Runs jobs one after the other.
  case sequence([JobPlan])
  /// Hands one stream to several readers.
  case tee(Tee)
  /// Fails with a message: the job cannot be made out, and the finding that says so was turned off.
  case fail(String)
}

/// `wait`: nothing happens for a while; the result is null.
package enum Wait: Sendable {
  /// - Parameter interval: seconds, or a text with a unit.
  case interval(PlanTemplate)
  /// A time that has passed is not waited for.
  ///
  /// - Parameters:
  ///   - time: a point in time as a text (ISO 8601).
  ///   - zone: the name of a time zone, for a time that names no offset itself.
  case until(time: PlanTemplate, zone: PlanTemplate?)
}

/// `route`: the first arm that leads somewhere decides; without one it is `otherwise`, and without that nothing runs.
package struct Route: Sendable {
  /// A comparison of the job's input with a value, and where either outcome leads.
  package struct Arm: Sendable {
    package var method: PlanComparison.Method
    /// Null without it.
    package var value: PlanTemplate?
    package var ifTrue: JobTarget?
    package var ifFalse: JobTarget?
    package var range: SourceRange
  }

  package var arms: [Arm]
  package var otherwise: JobTarget?
}

/// `draw`: one of several jobs by their weights; with a session, always the same for the same one.
package struct Draw: Sendable {
  /// One of the jobs that may be taken.
  package struct Choice: Sendable {
    package var target: JobTarget
    /// `nil` where all weigh the same, and for a choice without a weight, which is never taken among weighted ones.
    package var weight: Double?
  }

  package var choices: [Choice]
  package var isWeighted: Bool
  /// What identifies a session; an empty one is none.
  package var session: PlanTemplate?
  /// Mixes the sessions; without it, the names of workflow and job.
  package var salt: PlanTemplate?
}

/// `filter`: sees `item` and `index`.
package struct Filter: Sendable {
  /// Without one, every element stays.
  package var condition: PlanCondition?
  /// Whether the elements of a list pass as a stream.
  package var isStreaming: Bool
}

/// `map`: the job inside sees `item`.
package struct ElementLoop: Sendable {
  package var body: JobPlan
  /// How many elements are worked on at the same time.
  package var batchSize: Int
  /// Whether the results of a list pass as a stream.
  package var isStreaming: Bool
}

/// `fold`: the job inside sees `item` and `accumulator`.
package struct Fold: Sendable {
  package var body: JobPlan
  /// What `accumulator` is at first; null without it.
  package var accumulator: PlanTemplate?
}

/// `iterate`: the job inside sees `input`, `output` of the turn before and `iteration`.
package struct Iteration: Sendable {
  package var body: JobPlan
  /// Looked at after each turn; sees `output` of this turn.
  package var condition: PlanCondition
  /// Whether the loop ends when the condition holds; otherwise it goes on as long as it holds.
  package var endsWhenTrue: Bool
  /// More turns are an error.
  package var limit: Int
}

/// `tee`: every chunk goes to every branch, and the slowest reader sets the pace.
package struct Tee: Sendable {
  /// The names of the branches.
  package var branches: [String]
  /// How many chunks a branch may fall behind.
  package var bufferSize: Int
  /// Whether bytes go to a file from which each branch reads at its own pace.
  package var isSpooled: Bool
}

/// Another job of the workflow, as a place where the run goes on.
package struct JobTarget: Hashable, Sendable {
  package var node: NodeID
  package var name: String
  /// Where the file names it.
  package var range: SourceRange
}
