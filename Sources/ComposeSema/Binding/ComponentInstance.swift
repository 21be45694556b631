import ComposeBasic
import ComposeSyntax

/// A component and the name under which the reference keeps its one instance.
struct ComponentInstance {
  let name: String
  let component: ComponentDecl
  /// The job in which it is written, and its workflow; `nil` for a declared component.
  let owner: (job: JobDecl, workflow: WorkflowDecl)?
}

extension ComposeFile {
  /// The components in the order of the file, the declared ones first.
  func componentInstances(_ catalog: Catalog) -> [ComponentInstance] {
    components.map { ComponentInstance(name: $0.name, component: $0, owner: nil) }
      + workflows.flatMap { workflow in
        workflow.jobs.flatMap { $0.instances(named: $0.name, owner: (job: $0, workflow: workflow), catalog) }
      }
  }
}

extension JobDecl {
  /// A component inside a job has the job's name; a job inside a job has the outer one's with its place in brackets.
  fileprivate func instances(
    named name: String, owner: (job: JobDecl, workflow: WorkflowDecl), _ catalog: Catalog
  ) -> [ComponentInstance] {
    let own = inlineComponent.map { [ComponentInstance(name: name, component: $0, owner: owner)] } ?? []
    let inside = catalog.jobKind(of: self)?.body
    return own
      + bodies.enumerated().flatMap { index, body in
        body.instances(named: "\(name)[\(inside?.tag(index) ?? "do")]", owner: owner, catalog)
      }
  }
}
