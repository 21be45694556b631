import ComposeBasic
import ComposeSema

/// The jobs and workflows of a plan in their canonical forms, with what each of them refers to.
struct FormGraph {
  private struct Vertex {
    let form: CanonicalForm
    /// What a job does, wherever it stands; `nil` for a workflow.
    var job: CanonicalForm?
    /// The workflow in which names of jobs are looked up.
    let workflow: Int
    /// What the form refers to.
    var edges: [FormReference: Int] = [:]
  }

  private let plan: Plan
  private let forms: [JobForms]
  private var vertices: [Vertex] = []
  /// Where the vertices of each workflow begin: first its jobs, then itself.
  private var starts: [Int] = []

  init(_ plan: Plan, _ environment: EnvironmentPlaces) {
    self.plan = plan
    forms = plan.workflows.map { JobForms($0, environment) }
    for (index, workflow) in plan.workflows.enumerated() {
      starts.append(vertices.count)
      vertices += workflow.nodes.map { node in
        let job = forms[index].form(node)
        return Vertex(form: forms[index].placedForm(node, job), job: job, workflow: index)
      }
      vertices.append(Vertex(form: forms[index].workflowForm, workflow: index))
    }
    connect()
  }

  private mutating func connect() {
    let workflows = Dictionary(
      plan.workflows.enumerated().map { ($1.id, vertex(ofWorkflow: $0)) }, uniquingKeysWith: { first, _ in first })
    let jobs = plan.workflows.enumerated().map { index, workflow in
      Dictionary(
        workflow.nodes.enumerated().map { ($1.name, starts[index] + $0) }, uniquingKeysWith: { first, _ in first })
    }
    for index in vertices.indices {
      for reference in vertices[index].form.references {
        switch reference {
        case .job(let name): vertices[index].edges[reference] = jobs[vertices[index].workflow][name]
        case .workflow(let id): vertices[index].edges[reference] = workflows[id]
        }
      }
    }
  }

  func vertex(ofWorkflow index: Int) -> Int { starts[index] + plan.workflows[index].nodes.count }

  // MARK: Hashes

  /// The hash of every vertex. What a vertex refers to is hashed before it. Where vertices refer to each other in a
  /// circle, they get hashes of what they say alone, and then, as often as there are of them, hashes that take in those
  /// of the round before (colour refinement, after Weisfeiler and Leman, 1968).
  func hashes() -> [SemanticHash] {
    let nothing = CanonicalForm.list([]).hash { _ in nil }
    var hashes = [SemanticHash](repeating: nothing, count: vertices.count)
    for part in Knots.components(of: vertices.map { Array($0.edges.values) }) {
      let isKnot = part.count > 1 || vertices[part[0]].edges.values.contains(part[0])
      guard isKnot else {
        hashes[part[0]] = hash(of: part[0]) { hashes[$0] }
        continue
      }
      let members = Set(part)
      for index in part {
        hashes[index] = knotHash(of: index, size: part.count) { members.contains($0) ? nil : hashes[$0] }
      }
      for _ in part {
        let before = hashes
        for index in part { hashes[index] = knotHash(of: index, size: part.count) { before[$0] } }
      }
    }
    return hashes
  }

  private func hash(of index: Int, _ resolve: (Int) -> SemanticHash?) -> SemanticHash {
    let vertex = vertices[index]
    return vertex.form.hash { vertex.edges[$0].flatMap(resolve) }
  }

  private func knotHash(of index: Int, size: Int, _ resolve: (Int) -> SemanticHash?) -> SemanticHash {
    let vertex = vertices[index]
    return CanonicalForm.record("knot", ["size": .integer(size), "of": vertex.form])
      .hash { vertex.edges[$0].flatMap(resolve) }
  }

  /// A job that leads to others is identified by what these say, too. What follows them is not part of it: otherwise a
  /// change of one branch would be one of all branches.
  func identity(of node: Node, inWorkflow index: Int, _ hashes: [SemanticHash]) -> PlanIdentity.Job {
    let own = jobForm(of: node, inWorkflow: index)
    let flow = hashes[starts[index] + node.id.index]
    let targets = node.job.family.flatMap(\.targets).compactMap { target -> Node? in
      let nodes = plan.workflows[index].nodes
      return nodes.indices.contains(target.node.index) ? nodes[target.node.index] : nil
    }
    if targets.isEmpty { return PlanIdentity.Job(name: node.name, hash: flow, form: own) }
    let leads = SemanticHash { writer in
      let ends = targets.map { jobForm(of: $0, inWorkflow: index).hash { _ in nil } }
      writer.union("leads", ["job": flow, "to": ends])
    }
    return PlanIdentity.Job(name: node.name, hash: leads, form: own)
  }

  private func jobForm(of node: Node, inWorkflow index: Int) -> CanonicalForm {
    vertices[starts[index] + node.id.index].job ?? forms[index].form(node)
  }
}

extension JobForms {
  /// What the workflow does when it is called. Its id, its title and its description are not part of it.
  fileprivate var workflowForm: CanonicalForm {
    .record(
      "workflow",
      [
        "inputs": .set(workflow.inputs.map(form)),
        "jobs": .bag(
          workflow.nodes.map {
            .record("entry", ["job": .job($0.name), "terminal": .boolean($0.isTerminal)])
          }),
        "output": workflow.output.map(templates.form), "timeout": workflow.timeout.map(templates.form),
      ])
  }

  /// Defaults are part of the jobs that read them.
  private func form(_ input: InputVariable) -> CanonicalForm {
    .record(
      "input",
      [
        "name": input.name.map(CanonicalForm.text), "type": .text(input.type), "list": .boolean(input.isList),
        "subtype": input.subtype.map(CanonicalForm.text), "format": input.format.map(CanonicalForm.text),
        "required": .boolean(input.isRequired),
      ])
  }
}
