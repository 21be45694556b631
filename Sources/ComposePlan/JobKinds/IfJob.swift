import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `if`: conditions that lead to jobs.
enum IfJob: LowerableJobKind {
  static let keyword = "if"
  static let result = JobResult.route

  static func type(of job: JobTyping, into diagnostics: inout Diagnostics) -> Type {
    job.check(comparisons: conditions(of: job.decl), into: &diagnostics)
    return .null
  }

  static func conditions(of job: JobDecl) -> [ConditionLeaf] {
    if case .list(let conditions)? = job.fields["conditions"]?.content {
      return conditions.map { ConditionLeaf($0, input: job.input) }
    }
    guard let value = job.fields["value"] else { return [] }
    let name = job.fields["operator"].map { $0.constantText ?? "" } ?? "eq"
    return [ConditionLeaf(input: job.input, name: name, value: value, at: value.range)]
  }

  static func alwaysRoutes(_ job: JobDecl) -> Bool {
    if let fallback = job.node[key: "otherwise"], !fallback.isNull { return true }
    let conditions = job.node[key: "conditions"].map { $0.sequence ?? [] } ?? [job.node]
    return conditions.contains { $0[key: "if_true"]?.isNull == false && $0[key: "if_false"]?.isNull == false }
  }

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
