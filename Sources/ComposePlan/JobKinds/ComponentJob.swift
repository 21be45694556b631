import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `component`: runs an action of a component.
enum ComponentJob: LowerableJobKind {
  static let keyword = "component"

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    guard let target = job.target else { return .fail("the job's component or action is not declared") }
    var invocation = context.invocation(of: target, resultType: job.actionType)
    invocation.repeatCount = job.decl.fields["repeat_count"].flatMap { $0.isNull ? nil : ComposePlan.lower($0) }
    return .invoke(invocation)
  }
}
