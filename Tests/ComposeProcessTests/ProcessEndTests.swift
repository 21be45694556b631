import ComposeProcess
import Glibc
import Testing

/// Every program ends, with all it has started, whatever it does about it.
@Suite struct ProcessEndTests {
  @Test func sigtermIsAskedFirst() async throws {
    let process = try await RunningProcess.start(script("trap 'exit 7' TERM; echo ready; while :; do sleep 0.1; done"))
    #expect(try await process.line() == "ready")
    await process.stop(grace: 60)
    #expect(process.ending == .exited(7))
  }

  @Test func sigtermCanBeIgnoredForAWhile() async throws {
    let process = try await RunningProcess.start(script("trap '' TERM; echo ready; while :; do sleep 1000; done"))
    #expect(try await process.line() == "ready")
    await process.stop(grace: 0.05)
    #expect(process.ending == .signalled(SIGKILL))
    #expect(!isAlive(process.id))
  }

  @Test func aStoppedProgramEndsToo() async throws {
    let process = try await RunningProcess.start(script("echo ready; kill -STOP $$"))
    #expect(try await process.line() == "ready")
    await process.stop(grace: 60)
    #expect(process.ending == .signalled(SIGTERM))
  }

  /// Grandchildren that ignore SIGTERM and hold the pipes, with a parent that ends at once.
  @Test func theWholeGroupEnds() async throws {
    let process = try await RunningProcess.start(
      script("(trap '' TERM; echo $(exec sh -c 'echo $PPID'); while :; do sleep 1000; done) & exec sleep 1000"))
    let child = try #require(try await process.line().flatMap { Int32($0) })
    #expect(isAlive(child))
    await process.stop(grace: 0.05)
    #expect(process.ending == .signalled(SIGTERM))
    #expect(!isAlive(child))
  }

  @Test func whatIsLeftInTheBackgroundEnds() async throws {
    let process = try await RunningProcess.start(script("sleep 1000 >/dev/null 2>&1 & echo $!"))
    let child = try #require(try await process.line().flatMap { Int32($0) })
    #expect(try await process.readOutput() == nil)
    #expect(try await process.waitForEnding() == .exited(0))
    #expect(isAlive(child))
    await process.stop(grace: 60)
    #expect(!isAlive(child))
  }

  /// A process that leaves the group is nobody's any more. It holds the pipes, and does not hold us up.
  @Test func aProcessOutsideOfTheGroupHoldsNothingUp() async throws {
    let process = try await RunningProcess.start(script("setsid sh -c 'echo $$; exec sleep 1000' & exec sleep 1000"))
    let child = try #require(try await process.line().flatMap { Int32($0) })
    await process.stop(grace: 60)
    #expect(process.ending == .signalled(SIGTERM))
    #expect(try await process.readOutput() == nil)
    kill(child, SIGKILL)
  }

  @Test func aFloodEnds() async throws {
    let process = try await RunningProcess.start(script("trap '' TERM; yes"))
    _ = try await process.readOutput()
    await process.stop(grace: 0.05)
    #expect(process.ending != nil)
  }

  @Test func aCancelledRunEndsItsProgram() async throws {
    let (started, continuation) = AsyncStream.makeStream(of: Int32.self)
    let run = Task {
      try await script("echo $$; cat; while :; do sleep 1000; done").run(
        feeding: .stream(
          next: {
            continuation.finish()
            return try await Never.ends()
          }, cancel: {}))
    }
    for await _ in started {}
    run.cancel()
    let error = await #expect(throws: ProcessError.self) { try await run.value }
    #expect(error?.kind == .cancelled)
  }

  @Test func aProcessNobodyHoldsEnds() async throws {
    var process: RunningProcess? = try await RunningProcess.start(
      script("trap '' TERM; echo $$; sleep 1000; sleep 1000"))
    let id = try #require(try await process?.line().flatMap { Int32($0) })
    process = nil
    // The other end of the same pipe would not tell, and a wait by id is only for the parent.
    while isAlive(id) { await Task.yield() }
  }

  @Test func waitingCanBeCancelled() async throws {
    let process = try await RunningProcess.start(script("exec sleep 1000"))
    let waiting = Task { try await process.waitForEnding() }
    let reading = Task { try await process.readOutput() }
    waiting.cancel()
    reading.cancel()
    for task in [await #expect(throws: ProcessError.self) { try await waiting.value }] {
      #expect(task?.kind == .cancelled)
    }
    let error = await #expect(throws: ProcessError.self) { try await reading.value }
    #expect(error?.kind == .cancelled)
    await process.stop(grace: 60)
  }
}

extension Never {
  /// Waits until the task is cancelled.
  static func ends<Output>() async throws -> Output {
    for await _ in AsyncStream<Void>(unfolding: { try? await Task.sleep(for: .seconds(3600)) }) where Task.isCancelled {
      break
    }
    throw CancellationError()
  }
}
