import ComposeSyntax

/// The graphs of a file's workflows, each made when it is first asked for. Inference, typing and checks share them.
final class JobGraphs {
  private let catalog: Catalog
  private var graphs: [ObjectIdentifier: JobGraph] = [:]
  private var availabilities: [ObjectIdentifier: Availability] = [:]

  init(_ catalog: Catalog) { self.catalog = catalog }

  func graph(of workflow: WorkflowDecl) -> JobGraph {
    if let known = graphs[ObjectIdentifier(workflow)] { return known }
    let graph = JobGraph(workflow, catalog)
    graphs[ObjectIdentifier(workflow)] = graph
    return graph
  }

  func availability(of workflow: WorkflowDecl) -> Availability {
    if let known = availabilities[ObjectIdentifier(workflow)] { return known }
    let availability = Availability(workflow, graph(of: workflow))
    availabilities[ObjectIdentifier(workflow)] = availability
    return availability
  }
}
