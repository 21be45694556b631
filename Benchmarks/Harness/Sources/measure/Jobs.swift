import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax

/// What the interpreter costs around the work of a job: no job here waits for anything.
let jobBenchmarks: [Benchmark] = [
  running("jobs: chain of 1,000, a job", chainFile(jobs: 1_000), bar: 30_000, count: 1_000),
  running("jobs: chain of 100, a job", chainFile(jobs: 100), bar: 30_000, count: 100),
  running("jobs: 1,000 side by side, a job", sideBySideFile(jobs: 1_000), bar: 30_000, count: 1_000),
  running("for-each: 1,000 items, an item", forEachFile(items: 1_000, batchSize: 1), bar: 60_000, count: 1_000),
  running("for-each: batches of 32, an item", forEachFile(items: 1_000, batchSize: 32), bar: 60_000, count: 1_000),
  running(
    "for-each: pipeline of two, an item", forEachFile(items: 1_000, batchSize: 1, steps: 2), bar: 120_000, count: 1_000),
  Benchmark(name: "plan of a chain of 1,000, a job", bytes: 0, unit: .nanoseconds, bar: nil, count: 1_000) {
    plan(of: chainFile(jobs: 1_000)).workflows[0].nodes.count
  },
]

/// Runs the default workflow of a file.
private func running(_ name: String, _ text: String, bar: Double, count: Int) -> Benchmark {
  let plan = plan(of: text)
  let workflow = plan.workflows[0]
  let interpreter = Interpreter(plan: plan, host: WorkflowsOnly())
  return Benchmark(name: name, bytes: text.utf8.count, unit: .nanoseconds, bar: bar, count: count) {
    let result = try await interpreter.run(workflow, input: .object(["text": .text("a")]), as: Run(id: "RUN"))
    guard case .text(let text) = result, text == "done" else { return 0 }
    return text.utf8.count
  }
}

/// Runs components of type `workflow`, and no other.
private struct WorkflowsOnly: ComponentHost {
  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    guard let workflow = call.invocation.workflow else {
      throw RuntimeError(.unsupported, "only workflows run here")
    }
    return try await call.workflows.run(workflow: workflow, input: call.input)
  }

  func refusals(of invocation: Invocation) -> [Refusal] { [] }
}

private func plan(of text: String) -> Plan {
  var sources = SourceSet()
  sources.add(path: "benchmark.yml", bytes: Array(text.utf8))
  let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
  guard let plan = compilation.plan else { preconditionFailure("the file has errors: \(compilation.diagnostics)") }
  return plan
}

// MARK: Files

/// Each job reads what the one before it gives.
private func chainFile(jobs: Int) -> String {
  var text = "workflow:\n  jobs:\n    - {id: j0, type: delay, duration: 0, output: '${input.text as text}'}\n"
  for job in 1..<jobs {
    let output = job == jobs - 1 ? "done" : "${jobs.j\(job - 1).output}"
    text += "    - {id: j\(job), type: delay, duration: 0, depends_on: [j\(job - 1)], output: '\(output)'}\n"
  }
  return text
}

private func sideBySideFile(jobs: Int) -> String {
  var text =
    "workflow:\n  output: done\n  jobs:\n    - {id: j, type: delay, duration: 0, output: '${input.text as text}'}\n"
  for job in 0..<jobs - 1 {
    text += "    - {id: j\(job), type: delay, duration: 0, depends_on: [j], output: '${jobs.j.output}'}\n"
  }
  return text
}

/// Each item is the input of a workflow of its own, with a step of a pipeline around it where that is wanted.
private func forEachFile(items: Int, batchSize: Int, steps: Int = 0) -> String {
  let call = "{input: {item: \"${item}\"}}"
  let step = "{input: {item: \"${input}\"}}"
  let job =
    steps == 0
    ? call
    : "{type: pipeline, input: \"${item}\", steps: [\(Array(repeating: step, count: steps).joined(separator: ", "))]}"
  return """
    component: {type: workflow, action: {workflow: inner}}
    workflows:
      - id: main
        default: true
        output: done
        job:
          type: for-each
          input: [\(Array(repeating: "1", count: items).joined(separator: ", "))]
          batch_size: \(batchSize)
          do: \(job)
      - {id: inner, job: {type: delay, duration: 0, output: "${input.item}"}}

    """
}
