/// The jobs that are written inside a job of some kind.
package struct JobBody: Sendable {
  /// What a job shows of the outputs inside it when it has no `output` itself (language specification, section 13.2).
  package enum Outputs: Sendable {
    /// Nothing that is known.
    case unknown
    /// Those of the last job inside.
    case last
    /// A list of those.
    case list
  }

  /// The field that holds one job, or the list of them.
  package let field: String
  /// Whether it is a list of jobs, each of which runs once.
  package let isSequence: Bool
  /// Whether `input` means something of the job's own in them, and not the workflow's input.
  package let hasOwnInput: Bool
  package let outputs: Outputs

  /// One job, under `do`.
  package static func single(hasOwnInput: Bool = false, outputs: Outputs) -> JobBody {
    JobBody(field: "do", isSequence: false, hasOwnInput: hasOwnInput, outputs: outputs)
  }

  /// Several, under `steps`.
  package static func sequence(hasOwnInput: Bool, outputs: Outputs) -> JobBody {
    JobBody(field: "steps", isSequence: true, hasOwnInput: hasOwnInput, outputs: outputs)
  }

  /// What the reference appends, in brackets, to the name of the job to name one inside.
  ///
  /// - Parameter index: the place of the job inside, from 0.
  package func tag(_ index: Int) -> String { isSequence ? "step:\(index)" : field }
}
