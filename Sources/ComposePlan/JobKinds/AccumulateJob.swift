import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `accumulate`: carries a value through the elements of a list.
enum AccumulateJob: LowerableJobKind {
  static let keyword = "accumulate"
  static let body: JobBody? = .single(outputs: .last)

  static func type(of job: JobTyping, into diagnostics: inout Diagnostics) -> Type {
    guard !job.decl.bodies.isEmpty else { return .any }
    let item = job.elements
    let type = job.bodyType(seeing: ["item": item, "accumulator": .any], given: item, into: &diagnostics)
    // Without an element it stays what it is at first.
    return .union(of: [job.decl.fields["accumulator"].map(job.type) ?? .null, type])
  }

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    guard let body = context.body(of: job) else { return .fail("the job has no 'do'") }
    return .fold(Fold(body: body, accumulator: job.decl.fields["accumulator"].map(ComposePlan.lower)))
  }
}
