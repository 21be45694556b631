import ComposeBasic
import ComposeSema
import ComposeSyntax

/// The calls that are lowered already: many jobs may call the same action.
final class LoweredActions {
  private var invocations: [ObjectIdentifier: Invocation] = [:]

  subscript(target: ActionTarget) -> Invocation? {
    get { invocations[ObjectIdentifier(target)] }
    set { invocations[ObjectIdentifier(target)] = newValue }
  }
}

/// Calls of components, by jobs and by other components.
extension JobLowering {
  /// A call of an action, without what the job that makes it adds.
  ///
  /// - Parameter depth: how many components call each other on the way here; a component that runs itself ends at the
  ///   limit.
  func invocation(of target: ActionTarget, resultType: Type, depth: Int = 0) -> Invocation {
    if depth == 0, var known = actions[target] {
      known.resultType = resultType
      return known
    }
    let invocation = makeInvocation(of: target, resultType, depth)
    if depth == 0 { actions[target] = invocation }
    return invocation
  }

  private func makeInvocation(of target: ActionTarget, _ resultType: Type, _ depth: Int) -> Invocation {
    // What becomes of the work is seen beside the answer to the request.
    let isCompleted = target.action.fields["completion"].map { !$0.isNull } ?? false
    let resultName = isCompleted ? "result" : target.shape?.resultName ?? "result"
    let fields = target.component.fields
    let inner = depth < 4 ? target.callsOfComponent(in: program) : []
    var invocation = Invocation(
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
      workflow: workflow(runBy: target),
      resultType: resultType,
      concurrencyLimit: fields["max_concurrent_count"]?.integerConstant ?? 0,
      range: target.action.range,
      componentRange: target.component.type?.range ?? target.component.range)
    invocation.shapes = target.placedShapes(in: program.catalog)
    invocation.calls = inner.map { self.invocation(of: $0, resultType: .any, depth: depth + 1) }
    invocation.tools = tools(of: target)
    invocation.needsPackage = !program.catalog.isSelfContained(invocation.type)
    return invocation
  }

  private func field(_ entry: TemplateEntry) -> PlanField {
    PlanField(name: entry.key, value: ComposePlan.lower(entry.value))
  }
}
