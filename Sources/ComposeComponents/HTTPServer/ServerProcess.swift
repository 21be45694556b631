import ComposePlan
import ComposeProcess
import ComposeRuntime
import Synchronization

/// The program behind an `http-server` component, from its installation to its end.
final class ServerProcess: Sendable {
  private struct State {
    var process: RunningProcess?
    var logging: Task<Void, Never>?
    var isStopped = false
  }

  private let declaration: ComponentDeclaration
  private let processes: ProcessServices
  private let tail = OutputTail()
  private let state = Mutex(State())

  init(_ declaration: ComponentDeclaration, _ processes: ProcessServices) {
    self.declaration = declaration
    self.processes = processes
  }

  /// Seconds that the program may take until it answers, where the file does not say it: some load a model first. The
  /// reference waits for ever.
  private static let timeout = 600.0
  /// Seconds between two looks at the port: often at first.
  private static let intervals = 0.02...0.5

  private var subject: String { "the server of component '\(declaration.id)'" }

  /// Installs, builds and starts the program, and waits until its port answers. Without a command to start it, it only
  /// waits.
  ///
  /// - Throws: why it does not serve; it has ended then.
  func start(on port: LocalPort) async throws(RuntimeError) {
    let scripts = try await ManagedScripts(declaration, processes)
    if scripts.start != nil, port.answers {
      throw RuntimeError(
        .connection, "\(subject) cannot start: port \(port.number) is already taken by another program",
        range: declaration.field("port")?.range ?? declaration.range)
    }
    if !processes.skipsSetup {
      try await scripts.run(scripts.install, processes)
      try await scripts.run(scripts.build, processes)
    }
    if let start = scripts.start { try await launch(scripts.command(start)) }
    do throws(RuntimeError) {
      try await wait(for: port)
    } catch {
      await stop()
      throw error
    }
  }

  /// Runs what the file wants to be run when the service is taken down.
  func cleanUp() async throws(RuntimeError) {
    let scripts = try await ManagedScripts(declaration, processes)
    try await scripts.run(scripts.clean, processes)
  }

  private func launch(_ command: ProcessCommand) async throws(RuntimeError) {
    let process = try await withProcessErrors { () async throws(ProcessError) in
      try await RunningProcess.start(command, errors: .merged)
    }
    let (id, tail, processes) = (declaration.id, self.tail, self.processes)
    let isStopped = state.withLock { state in
      guard !state.isStopped else { return true }
      state.process = process
      state.logging = Task {
        await processes.forward(from: id, tail) { () async throws(ProcessError) in
          try await process.readOutputToTheLast()
        }
      }
      return false
    }
    guard isStopped else { return }
    await process.stop(grace: ProcessServices.grace)
    throw .cancelled
  }

  private func wait(for port: LocalPort) async throws(RuntimeError) {
    let limit = try await timeLimit()
    let deadline = Deadline(subject, seconds: limit, from: processes.clock.now)
    var interval = Self.intervals.lowerBound
    while !port.answers {
      if let failure = await failure() { throw failure }
      guard !deadline.isOver(at: processes.clock.now) else {
        throw RuntimeError(
          .timeout, "\(subject) did not answer on port \(port.number) within \(durationText(limit))\(lastWords)")
      }
      try await processes.clock.sleep(seconds: interval)
      interval = min(interval * 1.5, Self.intervals.upperBound)
    }
  }

  private func timeLimit() async throws(RuntimeError) -> Double {
    do throws(RuntimeError) {
      return try seconds(of: try await declaration.value("start_timeout")) ?? Self.timeout
    } catch {
      throw declaration.failure("start_timeout", "must be a duration such as 10m")
    }
  }

  /// Why nothing is served any more, when the program has failed; then all it has started is ended. One that ended
  /// without an error may have left its server in the background.
  func failure() async -> RuntimeError? {
    guard let ending, !ending.isSuccess else { return nil }
    // Then all that it said has been read.
    await stop()
    return failureOfAnyEnding
  }

  /// Gives the system a moment to report the end of the program, which a lost connection may have told of first.
  func settle() async {
    for _ in 0..<10 where ending == nil { try? await processes.clock.sleep(seconds: 0.03) }
  }

  /// That the program has ended, however it did.
  var failureOfAnyEnding: RuntimeError? {
    ending.map { RuntimeError(.connection, "\(subject) \($0)\(lastWords)", range: declaration.range) }
  }

  private var ending: ProcessEnding? { state.withLock { $0.process }?.ending }

  private var lastWords: String { tail.line.map { ": \($0)" } ?? "" }

  /// Ends the program and all it has started, and waits for that.
  func stop() async {
    let last = state.withLock { state in
      state.isStopped = true
      return state
    }
    guard let process = last.process else { return }
    await process.stopKeepingOutputs(grace: ProcessServices.grace)
    last.logging?.cancel()
    await last.logging?.value
    process.closeOutputs()
  }
}
