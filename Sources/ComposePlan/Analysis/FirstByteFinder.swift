import ComposeBasic
import ComposeSema

/// Finds what the output of a workflow needs, and which job's stream it is.
struct FirstByteFinder {
  let workflow: WorkflowPlan
  let plan: Plan
  private let graph: WorkflowGraph
  private let indices: [String: Int]

  init(workflow: WorkflowPlan, plan: Plan) {
    self.workflow = workflow
    self.plan = plan
    graph = WorkflowGraph(workflow)
    indices = Dictionary(workflow.nodes.map { ($0.name, $0.id.index) }, uniquingKeysWith: { first, _ in first })
  }

  var firstByte: FirstByte {
    let outcomes = self.outcomes
    let needed = Set(
      outcomes.flatMap { outcome in
        outcome.after + outcome.afterOneOf.joined() + outcome.readWhole + [outcome.start.job].compactMap { $0 }
      })
    return FirstByte(outcomes: outcomes, unneeded: workflow.nodes.map(\.name).filter { !needed.contains($0) })
  }

  private var outcomes: [FirstByte.Outcome] {
    if let output = workflow.output { return [outcome(of: output)] }
    let ends = workflow.nodes.filter { $0.isTerminal && !$0.job.isRouter }.map(\.id.index)
    // Of jobs that exclude each other one gives the result; others are put together when all are there.
    guard ends.count > 1, ends.allSatisfy({ workflow.nodes[$0].isRouted }) else {
      if ends.count == 1 { return [outcome(ofJob: ends[0])] }
      return [whole(ends, readWhole: ends.filter(isStream))]
    }
    return ends.map(outcome)
  }

  private func name(_ index: Int) -> String { workflow.nodes[index].name }

  private func isStream(_ index: Int) -> Bool { workflow.nodes[index].job.outputType.isStream }

  private func outcome(
    _ start: FirstByte.Start, after jobs: some Sequence<Int>, readWhole: [Int] = []
  ) -> FirstByte.Outcome {
    var finder = NeedFinder(workflow, graph)
    let needs = finder.needs(of: jobs)
    return FirstByte.Outcome(
      start: start, after: needs.sure.sorted().map(name), afterOneOf: needs.oneOf.map { $0.map(name) },
      readWhole: readWhole.map(name))
  }

  private func whole(_ jobs: [Int], readWhole: [Int]) -> FirstByte.Outcome {
    outcome(.whole, after: jobs, readWhole: readWhole)
  }

  // MARK: Outcomes

  private func outcome(of output: PlanTemplate) -> FirstByte.Outcome {
    let sources = jobs(in: output)
    // One expression as the whole output passes a stream on.
    if case .reference(let reference) = output.content, let job = job(of: reference), sources.count == 1,
      streams(through: reference), let stream = streaming(job)
    {
      return stream
    }
    return whole(sources, readWhole: sources.filter(isStream))
  }

  private func outcome(ofJob index: Int) -> FirstByte.Outcome { streaming(index) ?? whole([index], readWhole: []) }

  /// A conversion to text, or to a list, needs the whole stream.
  private func streams(through reference: PlanReference) -> Bool {
    reference.cast.map { $0.type == "stream" } ?? true
  }

  /// The outcome of a job that gives a stream; `nil` when it gives none.
  private func streaming(_ index: Int) -> FirstByte.Outcome? {
    let job = workflow.nodes[index].job
    guard isStream(index) else { return nil }
    var before = groups(before: index)
    // Elements pass a loop and a filter one by one: the job before only has to begin, and so on.
    let source = elementSource(of: job)
    if let source { before = before.filter { $0 != [source] } + groups(before: source) }
    var finder = NeedFinder(workflow, graph)
    var needs = finder.needs(of: before.filter { $0.count == 1 }.joined())
    needs.oneOf += before.filter { $0.count > 1 }
    let used = job.templates.flatMap(jobs).filter { isStream($0) && $0 != index && $0 != source }
    let start: FirstByte.Start =
      if case .invoke(let invocation) = job.operation, let id = invocation.workflow {
        .workflow(job: name(index), id: id)
      } else {
        .stream(job: name(index))
      }
    // Of steps the last one streams.
    let steps = if case .sequence(let steps) = job.operation { steps.dropLast().map(\.name) } else { [String]() }
    return FirstByte.Outcome(
      start: start, after: needs.sure.sorted().map(name) + steps, afterOneOf: needs.oneOf.map { $0.map(name) },
      readWhole: Set(used).sorted().map(name))
  }

  private func groups(before index: Int) -> [[Int]] {
    workflow.nodes[index].isRouted
      ? [graph.routers[index].filter { $0 < index }] : workflow.nodes[index].after.map { $0.map(\.index) }
  }

  /// The job whose stream passes through this one element by element.
  private func elementSource(of job: JobPlan) -> Int? {
    switch job.operation {
    case .map, .filter, .tee: break
    case .invoke, .wait, .route, .draw, .fold, .iterate, .sequence, .fail: return nil
    }
    guard case .reference(let reference)? = job.input?.content, let source = self.job(of: reference), isStream(source)
    else { return nil }
    return source
  }

  // MARK: Look-ups

  private func jobs(in template: PlanTemplate) -> [Int] {
    var seen: Set<Int> = []
    return template.references.compactMap(job).filter { seen.insert($0).inserted }
  }

  /// The job that a look-up means: `jobs.answer.output`.
  private func job(of reference: PlanReference) -> Int? {
    guard reference.root == "jobs", case .key(let name)? = reference.steps.first else { return nil }
    return indices[name]
  }
}

extension FirstByte.Start {
  /// The job that gives the stream.
  package var job: String? {
    switch self {
    case .stream(let job), .workflow(let job, _): job
    case .whole: nil
    }
  }
}
