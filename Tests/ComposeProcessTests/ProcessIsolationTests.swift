import ComposeProcess
import Glibc
import Testing

/// What needs a process of its own to be seen: other tests start programs at the same time.
@Suite struct ProcessIsolationTests {
  /// The system ends a program when this one is killed, so that nothing is left behind.
  @Test func programsDoNotOutliveUs() async throws {
    let result = try await #require(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
      let process = try await RunningProcess.start(script("trap '' TERM; echo $$; exec sleep 1000"))
      let id = try #require(try await process.line())
      puts("id=\(id).")
      fflush(nil)
      kill(getpid(), SIGKILL)
    }
    let text = String(decoding: result.standardOutputContent, as: UTF8.self)
    let id = try #require(text.firstMatch(of: /id=([0-9]+)\./).flatMap { Int32($0.1) })
    while isAlive(id) { await Task.yield() }
  }

  @Test func aBrokenPipeIsNoSignal() async {
    await #expect(processExitsWith: .success) {
      signal(SIGPIPE, SIG_DFL)
      let process = try await RunningProcess.start(script("exec 0<&-; echo ready; exec sleep 1000"), input: .pipe)
      _ = try await process.line()
      let isRead = try await process.write([65])
      await process.stop(grace: 5)
      exit(isRead ? 1 : 0)
    }
  }

  /// A hundred programs that end in all sorts of ways leave no descriptor, no thread and no process.
  @Test func nothingLeaks() async {
    await #expect(processExitsWith: .success) {
      let commands = [
        script("echo a; exit 1"), script("sleep 1000 >/dev/null 2>&1 & echo b"), script("kill -9 $$"),
        ProcessCommand("/no/such/program"), script("yes"),
      ]
      func round() async {
        for index in 0..<100 { _ = try? await commands[index % commands.count].run(feeding: .bytes([65])) }
        // The threads of the concurrency itself come with the work.
        await withTaskGroup { group in
          for _ in 0..<20 { group.addTask { _ = try? await script("sleep 0.01").run() } }
        }
        while childCount() > 0 { await Task.yield() }
      }
      // One that runs is counted, so none means that there is none.
      let running = try await RunningProcess.start(script("exec sleep 1000"))
      if childCount() != 1 { exit(2) }
      await running.stop(grace: 5)
      await round()
      let before = (count("/proc/self/fd"), count("/proc/self/task"))
      await round()
      let after = (count("/proc/self/fd"), count("/proc/self/task"))
      if after != before { print("before \(before), after \(after)") }
      exit(after == before ? 0 : 1)
    }
  }
}
