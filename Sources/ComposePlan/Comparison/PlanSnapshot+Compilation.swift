import ComposeBasic
import ComposeSema
import ComposeSyntax

extension PlanSnapshot {
  /// - Returns: `nil` when there are errors: nothing is compared on a misreading.
  package init?(_ compilation: Compilation) {
    guard let plan = compilation.lowered, let identity = compilation.identity else { return nil }
    let references = compilation.program.file.environment
    let builder = SnapshotBuilder(plan: plan, environment: EnvironmentPlaces(references), identity: identity)
    workflows = plan.workflows.map(builder.workflow)
    defaultWorkflow = plan.defaultWorkflow?.id
    serving = builder.serving(compilation.program.file.controller)
    let optional = Set(references.filter { $0.fallback != nil }.map(\.name))
    let required = Set(references.filter { $0.fallback == nil }.map(\.name))
    environment = plan.environment.map { need in
      Variable(
        name: need.name, isSecret: need.isSecret,
        isRequired: required.contains(need.name) || !optional.contains(need.name), place: builder.place(need.range))
    }
    effects = builder.effects
    configuration = identity.configuration
  }
}

private struct SnapshotBuilder {
  let plan: Plan
  let environment: EnvironmentPlaces
  let identity: PlanIdentity
  let redactor: Redactor

  init(plan: Plan, environment: EnvironmentPlaces, identity: PlanIdentity) {
    self.plan = plan
    self.environment = environment
    self.identity = identity
    redactor = Redactor(secrets: plan.secrets)
  }

  func place(_ range: SourceRange) -> PlanSnapshot.Place {
    let file = plan.sources[range.file]
    let position = file.lines.position(at: Int(range.start))
    return PlanSnapshot.Place(file: file.path, line: position.line, column: position.column)
  }

  /// What a file writes out itself may still be the value of a secret.
  private func redacted(_ fields: [PlanSnapshot.Field]) -> [PlanSnapshot.Field] {
    fields.map { field in
      var copy = field
      copy.value.pieces = field.value.pieces.map { piece in
        if case .text(let text) = piece { .text(redactor.redact(text)) } else { piece }
      }
      return copy
    }
  }

  // MARK: Workflows

  func workflow(_ workflow: WorkflowPlan) -> PlanSnapshot.Workflow {
    let forms = JobForms(workflow, environment)
    let hashes = identity[workflow.id]
    var fields = FormFields(place: place)
    if let output = workflow.output { fields.add(forms.templates.form(output), at: "output") }
    if let timeout = workflow.timeout { fields.add(forms.templates.form(timeout), at: "timeout") }
    for (name, text) in [("title", workflow.title), ("description", workflow.description)] {
      if let text { fields.append(FormText.value(of: .text(text)), at: name, in: workflow.range) }
    }
    return PlanSnapshot.Workflow(
      id: workflow.id, hash: hashes?.hash ?? identity.configuration, isPrivate: workflow.isPrivate,
      inputs: workflow.inputs.map(input), resultType: workflow.outputType, fields: redacted(fields.fields),
      jobs: zip(workflow.nodes, hashes?.jobs ?? []).map { job($0, in: workflow, forms, $1) },
      place: place(workflow.range))
  }

  private func input(_ input: InputVariable) -> PlanSnapshot.Input {
    PlanSnapshot.Input(
      name: input.name, type: input.type, isList: input.isList, subtype: input.subtype, format: input.format,
      options: input.options.map(\.text),
      fallback: input.fallback.flatMap { $0.isComputed ? nil : $0.value.text },
      isRequired: input.isRequired, place: place(input.range))
  }

  private func job(
    _ node: Node, in workflow: WorkflowPlan, _ forms: JobForms, _ identity: PlanIdentity.Job
  ) -> PlanSnapshot.Job {
    var targets: [String] = []
    for target in node.job.family.flatMap(\.targets) where !targets.contains(target.name) {
      targets.append(target.name)
    }
    var fields = FormFields(targets: targets, place: place)
    fields.add(forms.form(node), at: "")
    if !node.after.isEmpty { fields.append(waiting(node, in: workflow), at: "depends_on", in: node.range) }
    return PlanSnapshot.Job(
      id: node.name, kind: node.job.kind, hash: identity.hash, ownHash: identity.ownHash,
      fields: redacted(fields.fields),
      interrupts: node.job.family.flatMap(\.interrupts).map(\.phase.rawValue), place: place(node.range))
  }

  private func waiting(_ node: Node, in workflow: WorkflowPlan) -> PlanSnapshot.Value {
    var pieces: [PlanSnapshot.Value.Piece] = []
    let groups = node.after.map { group in group.map { workflow.nodes[$0.index].name }.sorted() }
    for (index, group) in groups.sorted(by: { $0.lexicographicallyPrecedes($1) }).enumerated() {
      if index > 0 { pieces.append(.text(", ")) }
      for (position, name) in group.enumerated() {
        if position > 0 { pieces.append(.text(" or ")) }
        pieces.append(.job(name))
      }
    }
    return PlanSnapshot.Value(pieces: pieces, isText: false)
  }

  // MARK: Side effects

  /// What any workflow touches, each once, by name.
  var effects: [PlanSnapshot.Effect] {
    var found: [String: SourceRange] = [:]
    func add<Value>(_ verb: String, _ effects: [Effect<Value>], _ text: (Value) -> String) {
      for effect in effects {
        let name =
          switch effect.what {
          case .known(let value): text(value)
          case .atRunTime(let expression): expression
          }
        let key = redactor.redact("\(verb) \(name)")
        if let place = effect.places.first, found[key].map({ place < $0 }) ?? true { found[key] = place }
      }
    }
    for workflow in plan.workflows {
      let effects = sideEffects(of: workflow, in: plan)
      add("asks", effects.hosts, \.text)
      for (verb, list) in [
        ("runs", effects.commands), ("reads", effects.filesRead), ("writes", effects.filesWritten),
        ("starts", effects.processes), ("needs", effects.packages),
      ] { add(verb, list) { $0 } }
    }
    return found.sorted { $0.key < $1.key }.map { PlanSnapshot.Effect(text: $0.key, place: place($0.value)) }
  }

  // MARK: Serving

  func serving(_ controller: ControllerDecl?) -> [PlanSnapshot.Field] {
    let adapters = controller?.adapters.filter { $0.type?.value == "http-server" } ?? []
    let webUI = controller?.webUI?.node
    var fields = FormFields(place: place)
    func range(_ key: String, _ node: YAMLNode?) -> SourceRange? { node?.locatedText(key)?.range ?? node?.range }
    for (index, api) in plan.serving.apis.enumerated() {
      // The first has the name that it had when there was only one.
      let name = index == 0 ? "api" : "api[\(index)]"
      let node = adapters.indices.contains(index) ? adapters[index].node : nil
      fields.append(FormText.word(api.address.host), at: "\(name).host", in: range("host", node))
      fields.append(FormText.word(String(api.address.port)), at: "\(name).port", in: range("port", node))
      fields.append(FormText.word(api.basePath), at: "\(name).base_path", in: range("base_path", node))
      for origin in api.origins.sorted() {
        fields.append(FormText.word(origin), at: "\(name).origins.\(origin)", in: range("origins", node))
      }
      if api.webSocket != ServingPlan.WebSocket() {
        let text = api.webSocket?.description ?? "none"
        fields.append(FormText.word(text), at: "\(name).websocket", in: range("websocket", node))
      }
      for mount in api.staticMounts {
        let index = mount.index.file.map { " with \($0)" } ?? ""
        fields.append(
          FormText.word(mount.folder + index), at: "\(name).static.\(mount.path)", in: range("static", node))
      }
    }
    if let address = plan.serving.webUI {
      fields.append(FormText.word(address.host), at: "web_ui.host", in: range("host", webUI))
      fields.append(FormText.word(String(address.port)), at: "web_ui.port", in: range("port", webUI))
      if let pages = plan.serving.webPages {
        fields.append(FormText.word(pages.folder), at: "web_ui.static_dir", in: range("static_dir", webUI))
      }
    }
    for listener in plan.listeners {
      for callback in listener.callbacks {
        let address = "\(listener.address.host):\(listener.address.port)"
        fields.append(
          FormText.word(address), at: "callbacks.\(callback.method) \(callback.path)", in: callback.range)
      }
    }
    return redacted(fields.fields)
  }
}

extension SchemaValue {
  /// As a caller would write it.
  fileprivate var text: String {
    switch self {
    case .text(let text), .integer(let text), .json(let text): text
    case .number(let number): number.description
    case .boolean(let flag): flag.description
    }
  }
}
