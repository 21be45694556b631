import ComposeProcess
import ComposeRuntime
import Synchronization

/// A command whose output passes line by line. It starts when the first line is asked for, and runs as fast as lines
/// are asked for.
final class StreamedCommand: Sendable {
  private struct State {
    var process: RunningProcess?
    var lines: LineReader?
    var feeding: Task<RuntimeError?, Never>?
    var logging: Task<Void, Never>?
    var isOver = false
  }

  private let command: ProcessCommand
  private let source: ProcessSource
  private let setting: ShellSetting
  private let active: ActiveProcesses
  private let component: String
  private let processes: ProcessServices
  private let tail = OutputTail()
  private let state = Mutex(State())

  init(
    _ command: ProcessCommand, _ source: ProcessSource, _ setting: ShellSetting, active: ActiveProcesses,
    of component: String, _ processes: ProcessServices
  ) {
    self.command = command
    self.source = source
    self.setting = setting
    self.active = active
    self.component = component
    self.processes = processes
  }

  deinit { cancel() }

  /// The next line with its line break; what is not UTF-8 in it is replaced. One task at a time asks.
  ///
  /// - Throws: why the command could not be started, its time is over, its input failed or, if that is checked, that it
  ///   failed.
  func next() async throws(RuntimeError) -> Value? {
    do throws(RuntimeError) {
      let lines = try await self.lines()
      if let line = lines.held() { return Self.text(line) }
      // A timer for each wait, and none for lines that are there.
      let line = try await run(within: setting.deadline(command), on: setting.clock, discard: { _ in }) {
        () async throws(RuntimeError) in
        try await withProcessErrors { () async throws(ProcessError) in try await lines.next() }
      }
      if let line { return Self.text(line) }
      try await finish()
      return nil
    } catch {
      await stop()
      throw error
    }
  }

  private static func text(_ line: [UInt8]) -> Value { .text(String(decoding: line, as: UTF8.self)) }

  /// Starts the command, the first time.
  private func lines() async throws(RuntimeError) -> LineReader {
    if let lines = state.withLock({ $0.lines }) { return lines }
    let process: RunningProcess
    do throws(ProcessError) {
      process = try await RunningProcess.start(command, input: source.isEmpty ? .none : .pipe)
    } catch {
      throw RuntimeError(error)
    }
    // Both tasks end with the program, and hold nothing but it.
    let (source, tail, component, processes) = (self.source, self.tail, self.component, self.processes)
    let lines = LineReader(limit: ProcessServices.lineLimit) { () async throws(ProcessError) in
      try await process.readOutput()
    }
    let isOver = state.withLock { state in
      guard !state.isOver else { return true }
      state.process = process
      state.lines = lines
      state.feeding = source.isEmpty ? nil : Task { await process.failureOfFeeding(source) }
      state.logging = Task {
        await processes.forward(from: component, tail) { () async throws(ProcessError) in
          try await process.readErrorsToTheLast()
        }
      }
      return false
    }
    guard !isOver, active.insert(process) else {
      await process.stop(grace: ProcessServices.grace)
      throw .cancelled
    }
    return lines
  }

  /// What the end of the output means.
  private func finish() async throws(RuntimeError) {
    guard let process = state.withLock({ $0.process }) else { return }
    let ending = try await run(within: setting.deadline(command), on: setting.clock, discard: { _ in }) {
      () async throws(RuntimeError) in
      try await withProcessErrors { () async throws(ProcessError) in try await process.waitForEnding() }
    }
    let feeding = await stop()
    if let failure = await feeding?.value { throw failure }
    if let failure = setting.failure(of: command, ending, tail.line) { throw failure }
  }

  /// Gives the command up.
  func cancel() {
    let last = end()
    guard let process = last.process else { return }
    process.beginStop(grace: ProcessServices.grace)
    process.closeOutputs()
    // Its component waits for it if it ends sooner.
    Task { [active] in
      await process.stop(grace: ProcessServices.grace)
      active.remove(process)
    }
  }

  /// Ends the command and waits for that.
  ///
  /// - Returns: what feeds it.
  @discardableResult
  private func stop() async -> Task<RuntimeError?, Never>? {
    let last = end()
    guard let process = last.process else { return nil }
    await process.stopKeepingOutputs(grace: ProcessServices.grace)
    // It has read what was there, and nobody writes any more.
    last.logging?.cancel()
    await last.logging?.value
    process.closeOutputs()
    active.remove(process)
    return last.feeding
  }

  private func end() -> State {
    source.giveUp()
    let last = state.withLock { state in
      defer {
        state.isOver = true
        state.process = nil
      }
      return state
    }
    last.feeding?.cancel()
    return last
  }
}

extension ProcessSource {
  fileprivate var isEmpty: Bool { if case .none = self { true } else { false } }

  fileprivate func giveUp() {
    if case .stream(_, let cancel) = self { cancel() }
  }
}

extension RunningProcess {
  /// Feeds the program, and tells why that failed.
  fileprivate func failureOfFeeding(_ source: ProcessSource) async -> RuntimeError? {
    do throws(ProcessError) {
      try await feed(source)
      return nil
    } catch {
      return error.kind == .cancelled ? nil : RuntimeError(error)
    }
  }
}
