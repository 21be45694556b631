/// Makes jobs shorter by what is known: their templates, and what they decide.
package struct JobFolder {
  private let folders: (TemplatePlace) -> TemplateFolder

  package init(_ knowledge: @escaping (TemplatePlace) -> any TemplateKnowledge) {
    folders = { TemplateFolder(knowledge($0)) }
  }

  /// The job without those inside it.
  ///
  /// - Parameter given: what the job works on when it has no `input`, where that is known.
  package func fold(_ job: JobPlan, given: PlanTemplate? = nil) -> JobPlan {
    var folded = job.mappingTemplates { folders($1).fold($0) }
    let own = folders(.job)
    folded.interrupts = folded.interrupts.compactMap { interrupt in
      guard let condition = interrupt.condition, let holds = own.decide(condition) else { return interrupt }
      guard holds else { return nil }
      var always = interrupt
      always.condition = nil
      return always
    }
    // An answer may take the place of the input.
    let isAsked = folded.interrupts.contains { $0.phase == .before }
    let input = isAsked ? nil : folded.input ?? given
    switch folded.operation {
    case .route(let route): folded.operation = .route(fold(route, input: input))
    case .filter(var filter):
      if let condition = filter.condition, folders(.element).decide(condition) == true { filter.condition = nil }
      folded.operation = .filter(filter)
    case .map, .fold:
      // The number of turns shows in a list.
      if folded.input == nil, let given, given.constantList != nil { folded.input = given }
    case .invoke, .wait, .draw, .iterate, .sequence, .tee, .fail: break
    }
    return folded
  }

  /// Arms that are known to lead nowhere go; behind one that decides nothing is left.
  private func fold(_ route: Route, input: PlanTemplate?) -> Route {
    guard let input, input.isConstant else { return route }
    let own = folders(.job)
    var folded = Route(arms: [], otherwise: route.otherwise)
    for arm in route.arms {
      guard let holds = own.decide(input, arm.method, arm.value, at: arm.range) else {
        folded.arms.append(arm)
        continue
      }
      guard let target = holds ? arm.ifTrue : arm.ifFalse else { continue }
      folded.otherwise = target
      break
    }
    return folded
  }
}
