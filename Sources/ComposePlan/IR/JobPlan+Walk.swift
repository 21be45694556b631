extension JobPlan {
  /// The jobs directly inside this one, in order.
  package var bodies: [JobPlan] {
    switch operation {
    case .map(let loop): [loop.body]
    case .fold(let fold): [fold.body]
    case .iterate(let iteration): [iteration.body]
    case .sequence(let steps): steps
    case .invoke, .wait, .route, .draw, .filter, .tee, .fail: []
    }
  }

  /// The job and all jobs inside it, at any depth, in the order of the file.
  package var family: [JobPlan] { [self] + bodies.flatMap(\.family) }

  /// The other jobs of the workflow to which this one can lead, each as often as the file names it.
  package var targets: [JobTarget] {
    var found: [JobTarget] = []
    switch operation {
    case .route(let route):
      found = route.arms.flatMap { [$0.ifTrue, $0.ifFalse].compactMap { $0 } } + [route.otherwise].compactMap { $0 }
    case .draw(let draw): found = draw.choices.map(\.target)
    case .invoke, .wait, .filter, .map, .fold, .iterate, .sequence, .tee, .fail: break
    }
    if case .route(let target)? = onError?.action { found.append(target) }
    return found
  }

  /// Whether the job gives no value of its own but chooses what runs next.
  package var isRouter: Bool {
    switch operation {
    case .route, .draw: true
    case .invoke, .wait, .filter, .map, .fold, .iterate, .sequence, .tee, .fail: false
    }
  }

  /// Every template that is rendered in the job's own scope or in one of the jobs inside it, except the fields of
  /// components, which see what the job gives them and nothing else.
  package var templates: [PlanTemplate] {
    var found = [input, output, timeout].compactMap { $0 } + operation.ownTemplates
    for interrupt in interrupts {
      found += [interrupt.condition?.input, interrupt.condition?.value, interrupt.message, interrupt.metadata]
        .compactMap { $0 }
    }
    if case .output(let template)? = onError?.action { found.append(template) }
    return found + bodies.flatMap(\.templates)
  }

  /// The same job with another node behind every target; a target that is gone leads nowhere.
  package func renumbered(_ change: (NodeID) -> NodeID?) -> JobPlan {
    func moved(_ target: JobTarget?) -> JobTarget? {
      guard var copy = target, let node = change(copy.node) else { return nil }
      copy.node = node
      return copy
    }
    var copy = self
    switch operation {
    case .route(var route):
      for index in route.arms.indices {
        route.arms[index].ifTrue = moved(route.arms[index].ifTrue)
        route.arms[index].ifFalse = moved(route.arms[index].ifFalse)
      }
      route.otherwise = moved(route.otherwise)
      copy.operation = .route(route)
    case .draw(var draw):
      draw.choices = draw.choices.compactMap { choice in
        moved(choice.target).map { Draw.Choice(target: $0, weight: choice.weight) }
      }
      copy.operation = .draw(draw)
    case .invoke, .wait, .filter, .map, .fold, .iterate, .sequence, .tee, .fail: break
    }
    if case .route(let target)? = onError?.action, let target = moved(target) { copy.onError?.action = .route(target) }
    return copy
  }
}

extension Operation {
  /// The templates of the operation itself, without those of jobs inside it and of components.
  fileprivate var ownTemplates: [PlanTemplate] {
    switch self {
    case .invoke(let invocation): [invocation.repeatCount].compactMap { $0 }
    case .wait(.interval(let interval)): [interval]
    case .wait(.until(let time, let zone)): [time] + [zone].compactMap { $0 }
    case .route(let route): route.arms.compactMap(\.value)
    case .draw(let draw): [draw.session, draw.salt].compactMap { $0 }
    case .filter(let filter): filter.condition?.templates ?? []
    case .fold(let fold): [fold.accumulator].compactMap { $0 }
    case .iterate(let iteration): iteration.condition.templates
    case .map, .sequence, .tee, .fail: []
    }
  }
}
