import ComposeBasic
import ComposeSema

/// What a run of a workflow may touch, with the workflows that it runs.
package func sideEffects(of workflow: WorkflowPlan, in plan: Plan) -> SideEffects {
  var collector = EffectCollector(plan: plan)
  collector.add(workflow)
  return collector.effects
}

/// Walks over a workflow and those that it runs, each once.
struct EffectCollector {
  let plan: Plan
  var effects = SideEffects()
  /// The ids of the workflows that were walked over.
  private(set) var visited: Set<String> = []

  init(plan: Plan) { self.plan = plan }

  mutating func add(_ workflow: WorkflowPlan) {
    guard visited.insert(workflow.id).inserted else { return }
    for node in workflow.nodes {
      for template in node.job.templates { addEnvironment(of: template) }
    }
    if let output = workflow.output { addEnvironment(of: output) }
    for site in workflow.sites { add(site) }
  }

  private mutating func add(_ site: InvocationSite) {
    let invocation = site.invocation
    for field in invocation.componentFields + invocation.actionFields { addEnvironment(of: field.value) }
    if let output = invocation.output { addEnvironment(of: output) }
    for (place, fact) in invocation.facts { add(fact, at: place, of: site) }
    for place in invocation.shapes { addURLs(at: place, of: site) }
    if invocation.needsPackage { effects.packages.add(.known(invocation.type), at: invocation.componentRange) }
    addRuntime(of: site)
    for name in [invocation.workflow].compactMap({ $0 }) + invocation.toolWorkflows {
      effects.workflows.add(.known(name), at: invocation.range)
      if let workflow = plan.workflow(named: name) { add(workflow) }
    }
  }

  /// A component that does not run inside the program itself.
  private mutating func addRuntime(of site: InvocationSite) {
    guard let runtime = site.invocation.componentField("runtime") else { return }
    let template = runtime["type"] ?? runtime
    guard let name = site.scope.value(of: template).knownText, !["native", "embedded"].contains(name) else { return }
    effects.processes.add(.known("\(name) of '\(site.invocation.component)'"), at: template.range)
  }

  private mutating func addEnvironment(of template: PlanTemplate) {
    for value in template.environment { effects.environment.add(.known(value.name), at: template.range) }
  }

  // MARK: Facts

  private mutating func add(_ fact: ShapeFact, at place: PlacedShape, of site: InvocationSite) {
    let invocation = site.invocation
    switch fact {
    case .request(let fields):
      let pieces = RequestAddressBuilder(site: site, fields: fields, place: place).pieces
      effects.hosts.add(host(in: pieces), at: addressRange(fields, at: place, of: invocation))
    case .connects(let host, let port, _) where invocation.connects(fact, at: place):
      addServer(host, port, at: place, of: site)
    case .script(let field), .commands(let field):
      guard let template = invocation.written(field, at: place) else { return }
      addCommands(template, in: site.scope)
      if case .commands = fact {
        effects.processes.add(.known("'\(invocation.component)'"), at: invocation.componentRange)
      }
    case .reads(let field, let base), .writes(let field, let base):
      let folder = base.flatMap { base in invocation.componentShape.flatMap { invocation.value(of: base, at: $0) } }
      guard let template = invocation.value(of: field, at: place) else { return }
      for what in paths(template, below: folder, in: site.scope) {
        if case .reads = fact {
          effects.filesRead.add(what, at: template.range)
        } else {
          effects.filesWritten.add(what, at: template.range)
        }
      }
    case .mustExist(let field):
      guard let template = invocation.written(field, at: place) else { return }
      for what in paths(template, below: nil, in: site.scope) { effects.filesRead.add(what, at: template.range) }
    case .schemes, .connects, .sees, .listens, .servesTools, .repeats, .query, .moment, .prefix, .polls, .limitsCalls:
      break
    }
  }

  private func addressRange(
    _ fields: [ShapeFact.RequestRole: String], at place: PlacedShape, of invocation: Invocation
  ) -> SourceRange {
    let whole = fields[.url].flatMap { invocation.written($0, at: place) }
    let base = (fields[.base] ?? fields[.port]).flatMap { invocation.componentField($0) }
    return whole?.range ?? base?.range ?? invocation.range
  }

  /// Addresses that are no part of a request: those of stores and servers.
  private mutating func addURLs(at place: PlacedShape, of site: InvocationSite) {
    let requestFields = Set(
      site.invocation.facts.flatMap { _, fact -> [String] in
        if case .request(let fields) = fact { [fields[.url], fields[.base]].compactMap { $0 } } else { [] }
      })
    for field in place.shape.fields where field.type.contains(.url) && !requestFields.contains(field.name) {
      guard let template = site.invocation.written(field.name, at: place) else { continue }
      let items = if case .list(let items) = template.content { items } else { [template] }
      for item in items {
        let value = site.scope.value(of: item)
        effects.hosts.add(host(in: value.pieces ?? value.holes.map { .hole($0) }), at: item.range)
      }
    }
  }

  private mutating func addServer(_ host: String, _ port: String, at place: PlacedShape, of site: InvocationSite) {
    let hasURL = place.shape.fields.contains { field in
      field.type.contains(.url) && site.invocation.written(field.name, at: place) != nil
    }
    guard !hasURL, let template = site.invocation.value(of: host, at: place) else { return }
    let number = site.invocation.value(of: port, at: place).flatMap { site.scope.value(of: $0).knownText }
    let name = site.scope.value(of: template).knownText
    effects.hosts.add(
      name.map { .known(SideEffects.Host(scheme: nil, host: $0, port: number.flatMap { Int($0) })) }
        ?? .atRunTime(template.display), at: template.range)
  }
}
