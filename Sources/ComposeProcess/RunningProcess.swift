/// What a program finds at its standard input.
package enum ProcessInput: Sendable {
  /// Nothing: it is at its end at once.
  case none
  /// What ``RunningProcess/write(_:)`` writes.
  case pipe
}

/// Where a program's standard error goes.
package enum ProcessErrors: Sendable {
  /// It is read on its own.
  case separate
  /// To where its standard output goes, in the order of writing.
  case merged
}

/// A program that was started. It leads a process group of its own, and ends at the latest when nobody holds this
/// object.
package final class RunningProcess: Sendable {
  /// The process's id, which is its group's too.
  package let id: Int32
  private let token: UInt64
  private let loop: ProcessLoop
  private let record: ProcessRecord
  private let input: Pipe?
  private let output: Pipe
  private let errors: Pipe?

  /// Starts a program.
  ///
  /// - Throws: ``ProcessError`` when it cannot be started; `cancelled` when the task is cancelled meanwhile, and then
  ///   the program has ended.
  package static func start(
    _ command: ProcessCommand, input: ProcessInput = .none, errors: ProcessErrors = .separate
  ) async throws(ProcessError) -> RunningProcess {
    try command.check()
    let loop = try ProcessLoop.current()
    var inputPipe = try PipePair()
    var outputPipe = try PipePair()
    var errorPipe = try PipePair()
    let isMerged = errors == .merged
    let launch = ProcessLaunch(
      command, token: loop.makeToken(),
      descriptors: (
        inputPipe.theirReadEnd, outputPipe.theirWriteEnd,
        isMerged ? outputPipe.theirWriteEnd : errorPipe.theirWriteEnd
      ))
    let writer = inputPipe.takeWriter(loop)
    // Without a writer the program reads an end, as from /dev/null.
    if input == .none { writer.close() }
    let reader = outputPipe.takeReader(loop)
    let errorReader = isMerged ? nil : errorPipe.takeReader(loop)
    loop.send(.start(launch))
    // A start takes a moment and is not given up: it cannot be taken back.
    guard let outcome = await launch.started.certainValue() else { throw .cancelled }
    let process = RunningProcess(
      try outcome.get(), launch, loop, input: input == .none ? nil : writer, output: reader, errors: errorReader)
    if Task.isCancelled {
      await process.stop(grace: 0)
      throw .cancelled
    }
    return process
  }

  private init(
    _ id: Int32, _ launch: ProcessLaunch, _ loop: ProcessLoop, input: Pipe?, output: Pipe, errors: Pipe?
  ) {
    self.id = id
    token = launch.token
    record = launch.record
    self.loop = loop
    self.input = input
    self.output = output
    self.errors = errors
  }

  deinit { beginStop(grace: 0) }

  // MARK: Pipes

  /// The next bytes of its standard output; `nil` when all who could write have closed it.
  ///
  /// - Throws: `cancelled`.
  package func readOutput() async throws(ProcessError) -> [UInt8]? { try await output.read() }

  /// The next bytes of its standard error; `nil` at the end, and when it goes elsewhere.
  ///
  /// - Throws: `cancelled`.
  package func readErrors() async throws(ProcessError) -> [UInt8]? { try await errors?.read() }

  /// The same, but in a task that is cancelled it gives what is there, and then the end: for what a program said last.
  package func readOutputToTheLast() async throws(ProcessError) -> [UInt8]? { try await Self.readToTheLast(output) }

  /// The same of its standard error.
  package func readErrorsToTheLast() async throws(ProcessError) -> [UInt8]? { try await Self.readToTheLast(errors) }

  private static func readToTheLast(_ pipe: Pipe?) async throws(ProcessError) -> [UInt8]? {
    do throws(ProcessError) {
      return try await pipe?.read()
    } catch  where error.kind == .cancelled {
      guard let rest = pipe?.readNow(), !rest.isEmpty else { return nil }
      return rest
    }
  }

  /// Writes to its standard input, as fast as it reads. Returns false when it does not read any more.
  ///
  /// - Throws: `cancelled`.
  package func write(_ bytes: [UInt8]) async throws(ProcessError) -> Bool {
    guard let input else { return false }
    return try await input.write(bytes)
  }

  /// Ends its standard input.
  package func closeInput() { input?.close() }

  /// Reads no more: whoever writes is told so by the system.
  package func closeOutputs() {
    output.close()
    errors?.close()
  }

  // MARK: The end

  /// How the program ended, if it has.
  package var ending: ProcessEnding? { record.ending.content }

  /// Waits until the program itself has ended; what it has started may go on.
  ///
  /// - Throws: `cancelled`.
  package func waitForEnding() async throws(ProcessError) -> ProcessEnding { try await record.ending.value() }

  /// Asks the whole group to end: SIGTERM, and SIGKILL after the grace. What has left the group by setsid(2) goes on.
  ///
  /// - Parameter grace: in seconds.
  package func beginStop(grace: Double) {
    loop.send(.stop(token, grace: Int64(exactly: (max(0, grace) * 1e9).rounded()) ?? .max))
  }

  /// Ends the whole group and waits for that, at most two seconds longer than the grace. It also does so in a task that
  /// is cancelled.
  ///
  /// - Parameter grace: in seconds.
  package func stop(grace: Double) async {
    await stopKeepingOutputs(grace: grace)
    closeOutputs()
  }

  /// The same, and what it has written last can still be read.
  package func stopKeepingOutputs(grace: Double) async {
    beginStop(grace: grace)
    await record.gone.certainValue()
    input?.close()
  }
}
