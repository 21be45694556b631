/// Whose names a template of a job sees.
package enum TemplatePlace: Hashable, Sendable {
  /// The job's own.
  case job
  /// What the job gives to its component.
  case component
  /// Those of an element, and of the workflow.
  case element
  /// Those of the jobs inside.
  case body
}

extension JobPlan {
  /// The same job with other templates. Those of jobs inside it stay, and so do delays between attempts, which are
  /// literals.
  package func mappingTemplates(_ change: (PlanTemplate, TemplatePlace) -> PlanTemplate) -> JobPlan {
    func own(_ template: PlanTemplate?) -> PlanTemplate? { template.map { change($0, .job) } }
    func component(_ fields: [PlanField]) -> [PlanField] {
      fields.map { PlanField(name: $0.name, value: change($0.value, .component)) }
    }
    var copy = self
    copy.input = own(input)
    copy.output = own(output)
    copy.timeout = own(timeout)
    copy.interrupts = interrupts.map { interrupt in
      var interrupt = interrupt
      interrupt.condition = interrupt.condition?.mappingTemplates { change($0, .job) }
      interrupt.message = own(interrupt.message)
      interrupt.metadata = own(interrupt.metadata)
      return interrupt
    }
    if case .output(let template)? = onError?.action { copy.onError?.action = .output(change(template, .job)) }
    switch operation {
    case .invoke(var invocation):
      invocation.repeatCount = own(invocation.repeatCount)
      invocation.componentFields = component(invocation.componentFields)
      invocation.actionFields = component(invocation.actionFields)
      invocation.output = invocation.output.map { change($0, .component) }
      copy.operation = .invoke(invocation)
    case .wait(.interval(let interval)): copy.operation = .wait(.interval(change(interval, .job)))
    case .wait(.until(let time, let zone)): copy.operation = .wait(.until(time: change(time, .job), zone: own(zone)))
    case .route(var route):
      for index in route.arms.indices { route.arms[index].value = own(route.arms[index].value) }
      copy.operation = .route(route)
    case .draw(var draw):
      draw.session = own(draw.session)
      draw.salt = own(draw.salt)
      copy.operation = .draw(draw)
    case .filter(var filter):
      filter.condition = filter.condition?.mappingTemplates { change($0, .element) }
      copy.operation = .filter(filter)
    case .fold(var fold):
      fold.accumulator = own(fold.accumulator)
      copy.operation = .fold(fold)
    case .iterate(var iteration):
      iteration.condition = iteration.condition.mappingTemplates { change($0, .body) }
      copy.operation = .iterate(iteration)
    case .map, .sequence, .tee, .fail: break
    }
    return copy
  }

  /// The same job with other jobs inside it.
  ///
  /// - Parameter change: gets a job and its position.
  package func mappingBodies(_ change: (JobPlan, Int) -> JobPlan) -> JobPlan {
    var copy = self
    switch operation {
    case .map(var loop):
      loop.body = change(loop.body, 0)
      copy.operation = .map(loop)
    case .fold(var fold):
      fold.body = change(fold.body, 0)
      copy.operation = .fold(fold)
    case .iterate(var iteration):
      iteration.body = change(iteration.body, 0)
      copy.operation = .iterate(iteration)
    case .sequence(let steps): copy.operation = .sequence(steps.enumerated().map { change($1, $0) })
    case .invoke, .wait, .route, .draw, .filter, .tee, .fail: break
    }
    return copy
  }

  /// The same job after a change to it and then to every job inside it.
  func mappingFamily(_ change: (JobPlan) -> JobPlan) -> JobPlan {
    change(self).mappingBodies { body, _ in body.mappingFamily(change) }
  }
}

extension PlanCondition {
  package func mappingTemplates(_ change: (PlanTemplate) -> PlanTemplate) -> PlanCondition {
    switch self {
    case .comparison(let comparison): .comparison(comparison.mappingTemplates(change))
    case .all(let conditions): .all(conditions.map { $0.mappingTemplates(change) })
    case .any(let conditions): .any(conditions.map { $0.mappingTemplates(change) })
    case .not(let condition): .not(condition.mappingTemplates(change))
    case .invalid: self
    }
  }
}

extension PlanComparison {
  package func mappingTemplates(_ change: (PlanTemplate) -> PlanTemplate) -> PlanComparison {
    PlanComparison(input: input.map(change), method: method, value: value.map(change), range: range)
  }
}
