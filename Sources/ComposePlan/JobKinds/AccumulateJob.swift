import ComposeSema
import ComposeSyntax

/// `accumulate`: carries a value through the elements of a list.
enum AccumulateJob: JobKind {
  static let keyword = "accumulate"

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    guard let body = context.body(of: job) else { return .fail("the job has no 'do'") }
    return .fold(Fold(body: body, accumulator: job.decl.fields["accumulator"].map(ComposePlan.lower)))
  }
}
