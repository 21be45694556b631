import ComposePlan
import ComposeRuntime
import Hummingbird
import NIOCore

/// `POST …/workflows/runs`: runs a workflow while its client waits.
struct RunEndpoint: Sendable {
  let plan: Plan
  let interpreter: Interpreter
  let configuration: ServerConfiguration
  let lifecycle: Lifecycle
  /// Lets a bounded number of runs go on at the same time, each until its stream has ended.
  let limiter: Limiter

  /// - Throws: only what the connection throws, after which there is nobody to answer.
  func respond(to request: Request, _ context: ConnectionContext) async throws -> Response {
    do {
      if lifecycle.draining.isOpen { throw ErrorAnswer.shuttingDown }
      let body = try await self.body(of: request)
      let wanted = try RunRequest(contentType: request.headers[.contentType], body: body)
      let workflow = try self.workflow(wanted.workflowID)
      return await run(workflow, wanted, context)
    } catch let error as ErrorAnswer {
      return error.response
    }
  }

  private func body(of request: Request) async throws -> [UInt8] {
    let limit = configuration.maximumBodySize
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw ErrorAnswer.tooLarge(limit: limit)
    }
    do {
      return [UInt8](buffer: try await request.body.collect(upTo: limit))
    } catch is NIOTooManyBytesError {
      throw ErrorAnswer.tooLarge(limit: limit)
    }
  }

  private func workflow(_ id: String?) throws(ErrorAnswer) -> WorkflowPlan {
    guard let workflow = id.map({ plan.workflow(named: $0) }) ?? plan.defaultWorkflow, !workflow.isPrivate else {
      throw ErrorAnswer(.notFound, "unknown-workflow", "Workflow '\(id ?? "__default__")' not found.")
    }
    return workflow
  }

  // MARK: Running

  private func run(_ workflow: WorkflowPlan, _ wanted: RunRequest, _ context: ConnectionContext) async -> Response {
    var random = SystemRandomNumberGenerator()
    let run = Run.new(
      milliseconds: configuration.milliseconds(), random: &random, sessionID: wanted.sessionID,
      metadata: wanted.metadata)
    let closed = await context.closed()
    let race = RunRace(closed: closed, cancelling: lifecycle.cancelling)
    let hasStatus = wanted.wantsOutputOnly || workflow.isStreaming

    let outcome = await race.result { () async throws(RuntimeError) in
      let slot = try await limiter.acquire()
      return try await interpreter.run(workflow, input: wanted.input, as: run).holding(slot)
    } discard: { late in
      if case .stream(let stream) = late { stream.cancel() }
    }
    switch outcome {
    case .finished(.stream(let stream)): return await respond(with: stream, run, race, context)
    case .finished(.resource(let resource)): return await respond(with: resource, run, race, context)
    case .finished(let value): return respond(with: value, run, workflow, wanted, hasStatus: hasStatus)
    case .failed(let error): return respond(with: error, run, workflow, hasStatus: hasStatus)
    case .stopped: return stopped(run)
    case .left: return abandoned(context)
    }
  }

  /// Waits for the first chunk, so that what fails before it still gets a status of its own.
  private func respond(
    with stream: ValueStream, _ run: Run, _ race: RunRace, _ context: ConnectionContext
  ) async -> Response {
    let outcome = await race.result { () async throws(RuntimeError) in
      try stream.take()
      return try await stream.next()
    } abandon: {
      stream.cancel()
    }
    switch outcome {
    case .finished(let first):
      // Also ends the provider's connection while the client's is stuck in a write.
      let registration = race.closed.onOpen { [weak stream] in
        stream?.cancel()
        context.close()
      }
      let isEvents = if case .encoded = stream.form { true } else { false }
      let pump = StreamPump(
        stream: stream, first: first, idleInterval: isEvents ? configuration.pingInterval : nil, closed: race.closed,
        registration: registration, cancelling: race.cancelling)
      return StreamedRun(
        run: run, pump: pump, sources: plan.sources
      ).response
    case .failed(let error): return ErrorAnswer(error, run: run, plan.sources).response
    case .stopped: return stopped(run)
    case .left: return abandoned(context)
    }
  }

  /// The bytes of a resource as they arrive, under its content type.
  private func respond(
    with resource: Resource, _ run: Run, _ race: RunRace, _ context: ConnectionContext
  ) async -> Response {
    var response = await respond(with: resource.pieces(), run, race, context)
    if response.status == .ok { response.headers[.contentType] = resource.contentType }
    return response
  }

  // MARK: Answers

  private func respond(
    with value: Value, _ run: Run, _ workflow: WorkflowPlan, _ wanted: RunRequest, hasStatus: Bool
  ) -> Response {
    if case .bytes(let bytes) = value {
      return Response(
        status: .ok, headers: [.contentType: "application/octet-stream", .cacheControl: "no-cache", .taskID: run.id],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
    do throws(RuntimeError) {
      let output = try value.compactJSON()
      if wanted.wantsOutputOnly { return answer(output, run) }
      let result = RunState.Result.completed(output: value.isNull ? nil : output)
      return answer(RunState(run: run, workflowID: workflow.id, result: result).json, run)
    } catch {
      return respond(with: error, run, workflow, hasStatus: hasStatus)
    }
  }

  private func respond(with error: RuntimeError, _ run: Run, _ workflow: WorkflowPlan, hasStatus: Bool) -> Response {
    if hasStatus || error.code == .invalidInput { return ErrorAnswer(error, run: run, plan.sources).response }
    let state = RunState(run: run, workflowID: workflow.id, result: .failed(error, plan.sources))
    return answer(state.json, run)
  }

  private func answer(_ json: [UInt8], _ run: Run) -> Response {
    var response = Response.json(json)
    response.headers[.taskID] = run.id
    return response
  }

  private func stopped(_ run: Run) -> Response {
    var answer = ErrorAnswer.shuttingDown
    answer.taskID = run.id
    return answer.response
  }

  /// Nobody reads this answer.
  private func abandoned(_ context: ConnectionContext) -> Response {
    context.close()
    return Response(status: .serviceUnavailable)
  }
}
