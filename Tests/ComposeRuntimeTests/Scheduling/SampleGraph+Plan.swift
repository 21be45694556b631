import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax

extension SampleGraph {
  /// The plan of the file that does what the graph says, also where the check finds something wrong with it.
  func compiledPlan() -> Plan { lowered(yaml) }

  /// The same plan, put together from the pieces of one that was compiled: to compile a file takes ten times as long as
  /// to run it.
  func assembledPlan() -> Plan {
    let (routed, terminal) = (routed, Set(terminal))
    let nodes = jobs.indices.map { index in
      Node(
        id: NodeID(index), job: job(index), after: jobs[index].after.map { $0.map { NodeID($0) } },
        isRouted: routed.contains(index), maxRunCount: jobs[index].runLimit, isTerminal: terminal.contains(index))
    }
    let workflow = WorkflowPlan(
      id: pieces.workflows[0].id, isDefault: true, nodes: nodes, outputType: pieces.workflows[0].outputType,
      range: pieces.workflows[0].range)
    return Plan(workflows: [workflow], serving: pieces.serving, environment: [], sources: pieces.sources)
  }

  private func job(_ index: Int) -> JobPlan {
    let job = jobs[index]
    var made = piece(job.kind)
    made.name = Self.name(index)
    switch job.kind {
    case .delay: if let watched = job.failsAfter { made.operation = .wait(.interval(outputMark(watched))) }
    case .component: made.input = members(["fails": job.failsAfter.map(outputMark) ?? constant("no")])
    case .if:
      made.operation = .route(
        route(from: made) { arm in
          job.branches.map { branch in
            var arm = arm
            arm.value = outputMark(branch.watched)
            arm.ifTrue = branch.then.map(target)
            arm.ifFalse = branch.otherwise.map(target)
            return arm
          }
        } otherwise: {
          job.otherwise.map(target)
        })
    case .switch:
      made.input = job.branches.first.map { outputMark($0.watched) } ?? constant("none")
      made.operation = .route(
        route(from: made) { arm in
          guard let then = job.branches.first?.then else { return [] }
          var arm = arm
          arm.ifTrue = target(then)
          return [arm]
        } otherwise: {
          job.otherwise.map(target)
        })
    }
    if let errorTarget = job.errorTarget {
      made.onError = piece("rerouted").onError
      made.onError?.action = .route(target(errorTarget))
    } else if job.ignoresErrors {
      made.onError = piece("ignored").onError
    }
    if !job.isRouter {
      made.output = members([
        "mark": constant("done"), Self.name(index): job.repeats.map(outputMark) ?? constant("first"),
      ])
    }
    return made
  }

  private func route(
    from job: JobPlan, arms: (Route.Arm) -> [Route.Arm], otherwise: () -> JobTarget?
  ) -> Route {
    guard case .route(var route) = job.operation else { preconditionFailure("a router routes") }
    route.arms = arms(route.arms[0])
    route.otherwise = otherwise()
    return route
  }

  private func target(_ job: Int) -> JobTarget {
    guard case .route(let route) = piece(.switch).operation, var target = route.otherwise else {
      preconditionFailure("the switch leads somewhere")
    }
    target.node = NodeID(job)
    target.name = Self.name(job)
    return target
  }
}

// MARK: Pieces

/// A file with everything that the files of graphs have.
private let pieces = lowered(
  """
  component: {id: worker, type: http-client, action: {endpoint: "http://worker.test/"}}
  workflow:
    jobs:
      - {id: delay, type: delay, duration: 1}
      - {id: component, component: worker}
      - {id: if, type: if, input: done, conditions: [{operator: eq, value: done, if_true: delay}]}
      - {id: switch, type: switch, input: none, cases: [{value: done, then: delay}], otherwise: delay}
      - {id: rerouted, type: delay, duration: 0, on_error: {to: delay}}
      - {id: ignored, type: delay, duration: 0, on_error: ignore}

  """)

private let range = pieces.workflows[0].range

private func piece(_ kind: SampleJob.Kind) -> JobPlan { piece("\(kind)") }

private func piece(_ name: String) -> JobPlan {
  guard let node = pieces.workflows[0].nodes.first(where: { $0.name == name }) else {
    preconditionFailure("there is no piece '\(name)'")
  }
  return node.job
}

private func lowered(_ yaml: String) -> Plan {
  var sources = SourceSet()
  sources.add(path: "sample.yml", bytes: Array(yaml.utf8))
  var diagnostics = Diagnostics()
  let file = parse(sources.files, environment: Environment(), into: &diagnostics)
  let program = analyze(file, catalog: .builtIn, into: &diagnostics)
  return lower(program, sources: sources)
}

// MARK: Templates

private func constant(_ text: String) -> PlanTemplate { PlanTemplate(.constant(.text(text)), at: range) }

private func members(_ members: KeyValuePairs<String, PlanTemplate>) -> PlanTemplate {
  PlanTemplate(.object(members.map { PlanMember($0.key, $0.value) }), at: range)
}

/// Whether the job has an output.
private func outputMark(_ job: Int) -> PlanTemplate {
  let name = SampleGraph.name(job)
  return PlanTemplate(
    .reference(
      PlanReference(
        root: "jobs", isChunk: false, steps: [.key(name), .key("output"), .key("mark")], hasRootIndex: false,
        cast: nil, fallback: nil, source: "${jobs.\(name).output.mark}", range: range)),
    at: range)
}
