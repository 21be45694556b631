import ComposeBasic
import ComposeSyntax

/// Resolves what jobs run, and reports names that name nothing or two things.
struct Binder {
  let file: ComposeFile
  let symbols: SymbolTable
  let catalog: Catalog
  let actions: ActionTable
  /// The places of mappings with a misspelt key.
  let misspelt: Set<SourceRange>

  /// The component and action that a component job runs; `nil` with a finding when there is none.
  func target(of job: JobDecl, into diagnostics: inout Diagnostics) -> ActionTarget? {
    target(of: ComponentCall(job), into: &diagnostics)
  }

  /// Reports jobs and routing targets that are not in the workflow.
  func checkJobReferences(in workflow: WorkflowDecl, into diagnostics: inout Diagnostics) {
    let names = workflow.jobs.map(\.name)
    let known = Set(names)
    // Looked for once: a file may have thousands of jobs and of findings.
    let unnamed = workflow.jobs.filter { $0.id == nil }
    for job in workflow.jobs {
      for name in job.dependsOn.joined() where !known.contains(name.value) {
        diagnostics.emit(
          undefinedJob(name, of: job, in: workflow, names, unnamed, upstream: "refuses the file in 'validate' only"))
      }
      for target in catalog.routingTargets(of: job) where !known.contains(target.value) {
        diagnostics.emit(
          undefinedJob(target, of: job, in: workflow, names, unnamed, upstream: "refuses the file in 'validate' only"))
      }
      for target in catalog.routes(of: job) where target.value.contains("${") {
        diagnostics.emit(.computedTarget(target))
      }
    }
  }

  private func undefinedJob(
    _ name: Located<String>, of job: JobDecl, in workflow: WorkflowDecl, _ names: [String], _ unnamed: [JobDecl],
    upstream: String
  ) -> Diagnostic {
    let diagnostic = Diagnostic.undefined(
      BindingCode.undefinedJob, "the workflow has no job '\(name.value)'", name, among: names, upstream: upstream)
    guard diagnostic.fixes.isEmpty else { return diagnostic }
    if let help = symbols.whereabouts(ofJob: name.value, in: workflow) { return diagnostic.help(help) }
    guard unnamed.count == 1, unnamed[0].node.range != job.node.range, let key = unnamed[0].node.mapping?.first?.key
    else { return diagnostic }
    var renamed = diagnostic.help("one job of the workflow has no 'id': is it meant?")
    renamed.fixes.append(.addEntry("id: \(name.value)", before: key.range))
    return renamed
  }
}

extension SymbolTable {
  /// What else has the name that no job of the workflow has.
  func whereabouts(ofJob name: String, in workflow: WorkflowDecl) -> String? {
    if let other = self.workflow(withJob: name) {
      return "workflow '\(other.name)' has a job of that name; jobs of another workflow are not visible"
    }
    if component(named: name) != nil {
      let jobs = workflow.jobs.filter { $0.component.name == name }.map { "'\($0.name)'" }
      return jobs.isEmpty
        ? "'\(name)' is a component, and no job of this workflow runs it"
        : "'\(name)' is a component; the job that runs it is \(jobs.joined(separator: " or "))"
    }
    guard self.workflow(named: name) != nil else { return nil }
    return "'\(name)' is a workflow: a job runs it through a component of type 'workflow'"
  }
}

extension JobDecl.ComponentReference {
  /// The id that is written.
  fileprivate var name: String? {
    if case .named(let name) = self { return name.value }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func computedTarget(_ target: Located<String>) -> Diagnostic {
    Diagnostic(BindingCode.undefinedJob, "a job is named by its id, not by an expression", at: target.range)
      .help("write the id, or choose between jobs with a 'switch' job")
      .upstream("takes the text for the name of a job, and fails before the first job runs")
  }
}
