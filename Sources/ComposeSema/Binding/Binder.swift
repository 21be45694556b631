import ComposeBasic
import ComposeSyntax

/// Resolves what jobs run, and reports names that name nothing or two things.
struct Binder {
  let file: ComposeFile
  let symbols: SymbolTable
  let catalog: Catalog
  /// The places of mappings with a misspelt key.
  let misspelt: Set<SourceRange>

  /// Checks the ids of a whole file.
  func checkIDs(into diagnostics: inout Diagnostics) {
    checkUnique(symbols.components.map { Declared("component", $0.id, $0.node) }, into: &diagnostics)
    checkUnique(symbols.workflows.map { Declared("workflow", $0.id, $0.node) }, into: &diagnostics)
    checkDefaults(symbols.components.filter(\.isDefault).map(\.node), "component", into: &diagnostics)
    checkDefaults(symbols.workflows.filter(\.isDefault).map(\.node), "workflow", into: &diagnostics)
    for component in symbols.components {
      checkDefaults(component.actions.filter(\.isDefault).map(\.node), "action", into: &diagnostics)
      checkUnique(component.actions.map { Declared("action", $0.id, $0.node) }, into: &diagnostics)
    }
    for workflow in symbols.workflows {
      checkUnique(workflow.jobs.map { Declared("job", $0.id, $0.node) }, into: &diagnostics)
    }
  }

  /// The component and action that a component job runs; `nil` with a finding when there is none.
  func target(of job: JobDecl, into diagnostics: inout Diagnostics) -> ActionTarget? {
    guard let component = component(of: job, into: &diagnostics) else { return nil }
    guard let action = action(of: job, in: component, into: &diagnostics) else { return nil }
    return ActionTarget(component: component, action: action, catalog: catalog)
  }

  /// Reports actions that name workflows which the file does not have.
  func checkWorkflowReferences(in component: ComponentDecl, into diagnostics: inout Diagnostics) {
    guard let shape = catalog.component(component.type?.value ?? "") else { return }
    for action in component.actions {
      for field in shape.action.fields where field.type == .reference("workflow") {
        guard let template = action.fields[field.name], let name = template.constantText, name != "__default__",
          symbols.workflow(named: name) == nil
        else { continue }
        diagnostics.emit(
          .undefined(
            BindingCode.undefinedWorkflow, "no workflow '\(name)'", Located(name, at: template.range),
            among: symbols.workflows.compactMap(\.id?.value), upstream: "fails when the action runs"))
      }
    }
  }

  /// Reports jobs and routing targets that are not in the workflow.
  func checkJobReferences(in workflow: WorkflowDecl, into diagnostics: inout Diagnostics) {
    let names = workflow.jobs.map(\.name)
    let known = Set(names)
    for job in workflow.jobs {
      for name in job.dependsOn.joined() where !known.contains(name.value) {
        diagnostics.emit(undefinedJob(name, in: workflow, names, upstream: "refuses the file in 'validate' only"))
      }
      for target in routingTargets(of: job) where !known.contains(target.value) {
        diagnostics.emit(undefinedJob(target, in: workflow, names, upstream: "refuses the file in 'validate' only"))
      }
    }
  }

  private func undefinedJob(
    _ name: Located<String>, in workflow: WorkflowDecl, _ names: [String], upstream: String
  ) -> Diagnostic {
    let other = symbols.workflow(withJob: name.value)
    let diagnostic = Diagnostic.undefined(
      BindingCode.undefinedJob, "the workflow has no job '\(name.value)'", name, among: names, upstream: upstream)
    guard let other else { return diagnostic }
    return diagnostic.help("workflow '\(other.name)' has a job of that name; jobs of another workflow are not visible")
  }

  // MARK: Targets

  /// Whether components are missing because of a fault that is reported already: a misspelt section, or one that could
  /// not be read.
  private var hasFaultyComponents: Bool {
    guard let root = file.root else { return true }
    if misspelt.contains(root.range) { return true }
    return file.components.isEmpty && (root.entry("component") != nil || root.entry("components") != nil)
  }

  private func component(of job: JobDecl, into diagnostics: inout Diagnostics) -> ComponentDecl? {
    switch job.component {
    case .inline(let component): return component
    case .named(let name):
      if let component = symbols.component(named: name.value) { return component }
      if name.value.contains("${") || hasFaultyComponents { return nil }
      diagnostics.emit(
        .undefined(
          BindingCode.undefinedComponent, "no component '\(name.value)'", name,
          among: symbols.components.compactMap(\.id?.value), upstream: "fails when the job runs"))
      return nil
    case .unnamed:
      if let component = symbols.defaultComponent { return component }
      if hasFaultyComponents || misspelt.contains(job.node.range) { return nil }
      let place = job.node.mapping?.first?.key.range ?? job.node.range
      if symbols.components.isEmpty {
        diagnostics.emit(
          Diagnostic(BindingCode.undefinedComponent, "the job has no component, and the file declares none", at: place)
            .help("declare a 'component'")
            .upstream("fails when the job runs"))
      } else {
        diagnostics.emit(
          Diagnostic(
            BindingCode.ambiguousDefault,
            "the job names no component, and none of the \(symbols.components.count) is the default", at: place
          )
          .help("add 'component: \(symbols.components[0].name)', or mark one with 'default: true'")
          .upstream("fails when the job runs"))
      }
      return nil
    }
  }

  private func action(
    of job: JobDecl, in component: ComponentDecl, into diagnostics: inout Diagnostics
  ) -> ActionDecl? {
    guard let name = job.action, name.value != "__default__" else {
      if let action = component.defaultAction { return action }
      reportMissingDefaultAction(of: job, in: component, into: &diagnostics)
      return nil
    }
    if let action = component.action(named: name.value) { return action }
    if name.value.contains("${") { return nil }
    diagnostics.emit(
      .undefined(
        BindingCode.undefinedAction, "component '\(component.name)' has no action '\(name.value)'", name,
        among: component.actions.compactMap(\.id?.value), upstream: "fails when the job runs"
      )
      .note("the component is declared here", at: component.id?.range ?? component.type?.range))
    return nil
  }

  private func reportMissingDefaultAction(
    of job: JobDecl, in component: ComponentDecl, into diagnostics: inout Diagnostics
  ) {
    // What an undescribed type needs as action is not known.
    guard catalog.component(component.type?.value ?? "") != nil,
      !misspelt.contains(job.node.range), !misspelt.contains(component.node.range)
    else { return }
    let isUnreadable = component.node.entry("action") != nil || component.node.entry("actions") != nil
    guard !component.actions.isEmpty || !isUnreadable else { return }
    let place = job.node.mapping?.first?.key.range ?? job.node.range
    if component.actions.isEmpty {
      diagnostics.emit(
        Diagnostic(
          BindingCode.undefinedAction, "component '\(component.name)' has no action",
          at: component.type?.range ?? component.node.range
        )
        .help("add an 'action'")
        .note("used by this job", at: place)
        .upstream("fails when the job runs"))
    } else {
      diagnostics.emit(
        Diagnostic(
          BindingCode.ambiguousDefault,
          "the job names no action, and none of the \(component.actions.count) actions of '\(component.name)' "
            + "is the default",
          at: place
        )
        .help("add 'action: \(component.actions[0].name)', or mark one with 'default: true'")
        .upstream("fails when the job runs"))
    }
  }

  // MARK: Ids

  private func checkDefaults(_ nodes: [YAMLNode], _ what: String, into diagnostics: inout Diagnostics) {
    for node in nodes.dropFirst() {
      diagnostics.emit(
        Diagnostic(
          BindingCode.severalDefaults, "another \(what) is the default already",
          at: node.entry("default")?.key.range ?? node.range
        )
        .note("the first one is here", at: nodes[0].entry("default")?.key.range)
        .upstream("uses the first one"))
    }
  }

  private struct Declared {
    let what: String
    let id: Located<String>?
    let node: YAMLNode

    init(_ what: String, _ id: Located<String>?, _ node: YAMLNode) {
      self.what = what
      self.id = id
      self.node = node
    }

    var place: SourceRange { id?.range ?? node.mapping?.first?.key.range ?? node.range }
  }

  private func checkUnique(_ declarations: [Declared], into diagnostics: inout Diagnostics) {
    var first: [String: Declared] = [:]
    for declared in declarations {
      let name = declared.id?.value ?? ""
      if name == "__default__" {
        diagnostics.emit(
          Diagnostic(BindingCode.reservedID, "'__default__' cannot be the id of a \(declared.what)", at: declared.place)
            .help("choose another id")
            .upstream("refuses the file"))
      }
      guard let earlier = first[name] else {
        first[name] = declared
        continue
      }
      let message =
        declared.id == nil
        ? "two \(declared.what)s without 'id'"
        : "two \(declared.what)s with the id '\(name)'"
      diagnostics.emit(
        Diagnostic(BindingCode.duplicateID, message, at: declared.place)
          .note("the first one is here", at: earlier.place)
          .help(declared.id == nil ? "give each an 'id'" : "choose another id")
          .upstream("keeps one of them and drops the other"))
    }
  }
}

/// The jobs that a routing job or an error handler can send the run to.
func routingTargets(of job: JobDecl) -> [Located<String>] {
  var targets: [Located<String>] = []
  let keys: Set<String> = ["if_true", "if_false", "otherwise", "then", "to"]
  func collect(_ node: YAMLNode?) {
    for entry in node?.mapping ?? [] where keys.contains(entry.name ?? "") {
      if let scalar = entry.value.scalar, case .text(let name) = scalar.value, !name.contains("${") {
        targets.append(Located(name, at: entry.value.range))
      }
    }
  }
  collect(job.node)
  for list in ["conditions", "cases", "routings"] {
    for item in job.node.entry(list)?.value.sequence ?? [] { collect(item) }
  }
  collect(job.node.entry("on_error")?.value)
  return targets
}
