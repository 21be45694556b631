import ComposeBasic
import ComposeSyntax

extension Diagnostic {
  /// Adds a fix that renames a job and everything in its workflow that names it. Nothing is offered for a job without
  /// an id, or where an expression that could not be read may name it.
  func renaming(_ job: JobDecl, of workflow: WorkflowDecl) -> Diagnostic {
    guard let id = job.id, workflow.jobs.filter({ $0.name == id.value }).count == 1, !workflow.isFaulty else {
      return self
    }
    let names = Set(workflow.jobs.map(\.name))
    guard let name = [id.value + "-job", id.value + "-job-2"].first(where: { !names.contains($0) }) else { return self }
    let dependencies = workflow.jobs.flatMap { $0.dependsOn.joined() }.filter { $0.value == id.value }
    let targets = workflow.jobs.flatMap { routingTargets(of: $0) }.filter { $0.value == id.value }
    let reads = workflow.templates.flatMap(\.expressions).compactMap { expression -> SourceRange? in
      guard expression.root.value == "jobs", let first = expression.path.first else { return nil }
      return first.value == .key(id.value) ? first.range : nil
    }
    let places = Set([id.range] + dependencies.map(\.range) + targets.map(\.range) + reads).sorted()
    var copy = self
    copy.fixes.append(
      Fix("rename the job to '\(name)'", .suggested, places.map { Fix.Edit($0, name) }))
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
