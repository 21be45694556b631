import ComposeBasic
import ComposeSyntax

extension Diagnostic {
  /// Adds a fix that renames a job and everything in its workflow that names it. Nothing is offered for a job without
  /// an id, or where an expression that could not be read may name it.
  func renaming(_ job: JobDecl, of workflow: WorkflowDecl, in catalog: Catalog) -> Diagnostic {
    guard let id = job.id, !workflow.isFaulty else { return self }
    let reads = workflow.templates.flatMap(\.expressions).compactMap { expression -> SourceRange? in
      guard expression.root.value == "jobs", let first = expression.path.first else { return nil }
      return first.value == .key(id.value) ? first.range : nil
    }
    return renaming(job, of: workflow, in: catalog, to: id.value + "-job", alsoAt: reads)
  }

  /// - Parameter places: where expressions name the job.
  func renaming(
    _ job: JobDecl, of workflow: WorkflowDecl, in catalog: Catalog, to name: String, alsoAt places: [SourceRange]
  ) -> Diagnostic {
    let names = workflow.jobs.map(\.name)
    guard let id = job.id, names.filter({ $0 == id.value }).count == 1, !names.contains(name) else { return self }
    let dependencies = workflow.jobs.flatMap { $0.dependsOn.joined() }.filter { $0.value == id.value }
    let targets = workflow.jobs.flatMap { catalog.routingTargets(of: $0) }.filter { $0.value == id.value }
    let all = Set([id.range] + dependencies.map(\.range) + targets.map(\.range) + places).sorted()
    var copy = self
    copy.fixes.append(Fix("rename the job to '\(name)'", .suggested, all.map { Fix.Edit($0, name) }))
    return copy
  }
}

extension WorkflowDecl {
  /// The values of the workflow that may hold expressions.
  var templates: [Template] {
    jobs.flatMap { $0.fields.entries.map(\.value) } + (output.map { [$0] } ?? [])
  }

  /// Whether an expression in it could not be read.
  fileprivate var isFaulty: Bool { templates.contains { $0.texts.contains(where: \.isFaulty) } }
}
