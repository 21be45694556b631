import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `if`: conditions that lead to jobs.
enum IfJob: JobKind {
  static let keyword = "if"

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    var conditions: [(range: SourceRange, field: (String) -> Template?)]
    if case .list(let items)? = job.decl.fields["conditions"]?.content {
      conditions = items.map { item in (item.range, { item[$0] }) }
    } else if let only = job.decl.fields["conditions"], case .object = only.content {
      conditions = [(only.range, { only[$0] })]
    } else {
      // A single condition may stand in the job itself.
      conditions = [(job.decl.range, { job.decl.fields[$0] })]
    }
    let arms = conditions.map { condition in
      Route.Arm(
        method: lowerMethod(condition.field("operator")), value: condition.field("value").map(ComposePlan.lower),
        ifTrue: context.target(condition.field("if_true")), ifFalse: context.target(condition.field("if_false")),
        range: condition.range)
    }
    return .route(Route(arms: arms, otherwise: context.target(job.decl.fields["otherwise"])))
  }
}
