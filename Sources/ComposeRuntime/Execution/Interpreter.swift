import ComposeBasic
package import ComposePlan

/// Runs workflows of a plan.
package struct Interpreter: Sendable {
  private let host: any ComponentHost
  private let redactor: Redactor

  package init(plan: Plan, host: any ComponentHost) {
    self.host = host
    self.redactor = Redactor(secrets: plan.secrets)
  }

  /// Runs one workflow to its result. A stream in the result is still running: it ends when it has been read, when it
  /// is cancelled, or when it is dropped.
  ///
  /// Cancelling the calling task ends every call that is under way.
  ///
  /// - Throws: the error of the first job that failed, naming the job and its place, without secrets.
  package func run(_ workflow: WorkflowPlan, input: Value, as run: Run) async throws(RuntimeError) -> Value {
    let input = try checkedInput(input, for: workflow)
    do throws(RuntimeError) {
      let outputs = try await runNodes(of: workflow, input: input, run)
      let result = try await self.result(of: workflow, outputs, input: input, run)
      return try protected(try await result.drainingInnerStreams())
    } catch {
      throw redactor.redact(error)
    }
  }

  /// The result with secrets kept out of later errors too.
  private func protected(_ result: Value) throws(RuntimeError) -> Value {
    let redactor = redactor
    return try result.mappingErrors { redactor.redact($0) }
  }

  // MARK: Nodes

  /// Starts every node as soon as what it waits for has finished, and ends the others when one fails.
  private func runNodes(of workflow: WorkflowPlan, input: Value, _ run: Run) async throws(RuntimeError) -> JobOutputs {
    var outputs = JobOutputs(workflow)
    var schedule = Schedule(workflow)
    do {
      try await withThrowingTaskGroup(of: (NodeID, Value).self) { group in
        func start(_ ready: [NodeID]) {
          for id in ready {
            let node = workflow.nodes[id.index]
            let scope = scope(outputs, input: input, run)
            group.addTask { (id, try await self.run(node, scope, run)) }
          }
        }
        start(schedule.takeReady())
        while let (id, value) = try await group.next() {
          outputs.set(value, of: id)
          schedule.finish(id)
          start(schedule.takeReady())
        }
      }
    } catch let error as RuntimeError {
      outputs.cancelStreams()
      throw error
    } catch {
      outputs.cancelStreams()
      throw RuntimeError.cancelled
    }
    guard schedule.isComplete else {
      throw RuntimeError(.internal, "jobs are left that nothing starts")
    }
    return outputs
  }

  private func scope(_ outputs: JobOutputs, input: Value, _ run: Run) -> Scope {
    var scope = Scope(["jobs": outputs.value], callers: ["input": input, "context": run.context])
    scope.conversion = host.conversion
    return scope
  }

  private func run(_ node: Node, _ scope: Scope, _ run: Run) async throws(RuntimeError) -> Value {
    do throws(RuntimeError) {
      let result = try await self.run(node.operation, scope, run)
      guard let output = node.output else { return try located(result, job: node.job, range: node.range) }
      var outputScope = scope
      outputScope.roots["output"] = result
      outputScope.conversion.keepsEncoded = node.isTerminal
      return try located(await Evaluator(outputScope).evaluate(output), job: node.job, range: node.range)
    } catch {
      throw error.located(job: node.job, range: node.range)
    }
  }

  private func run(_ operation: Operation, _ scope: Scope, _ run: Run) async throws(RuntimeError) -> Value {
    switch operation {
    case .invoke(let invocation):
      let input = try await self.input(of: invocation, scope)
      do throws(RuntimeError) {
        let result = try await host.run(ComponentCall(invocation: invocation, input: input, runID: run.id))
        return try located(result, job: nil, range: invocation.range)
      } catch {
        throw error.located(range: invocation.range)
      }
    case .unlowered(let kind):
      throw RuntimeError(.unsupported, "a job of type '\(kind)' is not run by this version")
    }
  }

  private func input(of invocation: Invocation, _ scope: Scope) async throws(RuntimeError) -> Value {
    guard let input = invocation.input else { return scope.callers["input"] ?? .null }
    return try await Evaluator(scope).evaluate(input)
  }

  /// A stream or resource whose later errors say where they belong.
  private func located(_ value: Value, job: String?, range: SourceRange) throws(RuntimeError) -> Value {
    try value.mappingErrors { $0.located(job: job, range: range) }
  }

  // MARK: Result

  /// `workflow.output`, or what the terminal jobs give: one value as it is, several objects merged.
  private func result(
    of workflow: WorkflowPlan, _ outputs: JobOutputs, input: Value, _ run: Run
  ) async throws(RuntimeError) -> Value {
    if let output = workflow.output {
      return try await Evaluator(scope(outputs, input: input, run)).evaluate(output)
    }
    let terminal = workflow.nodes.filter(\.isTerminal)
    guard terminal.count != 1 else { return outputs[terminal[0].id] }
    var merged = OrderedObject()
    for node in terminal {
      switch outputs[node.id] {
      case .null: continue
      case .object(let object): for (key, value) in object { merged[key] = value }
      default:
        throw RuntimeError(
          .value, "several jobs end the workflow and do not all give objects: say in 'output' what it returns",
          range: node.range, job: node.job)
      }
    }
    return terminal.isEmpty ? .null : .object(merged)
  }
}
