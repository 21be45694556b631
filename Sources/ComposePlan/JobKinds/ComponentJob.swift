import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `component`: runs an action of a component.
enum ComponentJob: JobKind {
  static let keyword = "component"

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    guard let target = job.target else { return .fail("the job's component or action is not declared") }
    let resultName = target.shape?.resultName ?? "result"
    let fields = target.component.fields
    return .invoke(
      Invocation(
        component: target.component.name,
        type: target.component.type?.value ?? "",
        action: target.action.name,
        componentFields: fields.entries.map(field).ordered(by: target.shape?.component),
        actionFields: target.action.fields.entries.filter { $0.key.value != "output" }.map(field)
          .ordered(by: target.shape?.action),
        output: target.action.output.flatMap { isPassThrough($0, root: resultName) ? nil : ComposePlan.lower($0) },
        resultName: resultName,
        readsChunks: target.readsChunks,
        api: target.api?.id,
        workflow: context.workflow(runBy: target),
        resultType: job.actionType,
        repeatCount: job.decl.fields["repeat_count"].flatMap { $0.isNull ? nil : ComposePlan.lower($0) },
        concurrencyLimit: fields["max_concurrent_count"]?.integerConstant ?? 0,
        range: target.action.range,
        componentRange: target.component.type?.range ?? target.component.range))
  }

  private static func field(_ entry: TemplateEntry) -> PlanField {
    PlanField(name: entry.key, value: ComposePlan.lower(entry.value))
  }
}
