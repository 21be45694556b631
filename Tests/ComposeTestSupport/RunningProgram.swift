import Glibc
import Synchronization

/// A program that a test has started; use it through ``withProgram(_:body:)``, which ends it.
///
/// It is started with `posix_spawn` rather than with the Subprocess package: a test holds it as a value, reads what it
/// has written so far with the time of each read, and must be sure that its whole process group is gone afterwards.
/// Subprocess lends its streams to one closure only, and has no terminals.
package final class RunningProgram: Sendable {
  /// One of the two outputs of a program.
  package enum Stream: Sendable {
    case output
    case error
  }

  /// One successful read of what the program wrote.
  package struct Read: Sendable {
    package let stream: Stream
    package let bytes: [UInt8]
    /// In monotonic nanoseconds.
    package let time: UInt64
  }

  /// How a program ended, and all that it wrote.
  package struct Outcome: Sendable {
    /// The exit status, unless a signal ended the program.
    package let status: Int32?
    package let signal: Int32?
    package let standardOutput: String
    package let standardError: String
  }

  struct State: Sendable {
    var reads: [Read] = []
    var openStreams = 0
    var exit: (status: Int32?, signal: Int32?)?
    /// From then on the id may belong to a stranger.
    var isEnded = false

    func text(_ stream: Stream) -> String {
      String(decoding: reads.filter { $0.stream == stream }.flatMap(\.bytes), as: UTF8.self)
    }

    var summary: String {
      let exit = exit.map { $0.status.map { "exit status \($0)" } ?? "ended by signal \($0.signal ?? 0)" } ?? "running"
      let streams = exit == "running" || openStreams == 0 ? "" : ", but its output is still open: a child of it lives"
      return "\(exit)\(streams)\n--- output:\n\(text(.output))\n--- error:\n\(text(.error))"
    }
  }

  package let id: Int32
  private let state: Watched<State>
  /// The writing end of its input, while open.
  private let input: Mutex<Int32?>

  package init(_ launch: ProgramLaunch) throws(TestSupportError) {
    var pipes = try ProgramPipes(launch)
    id = try spawn(launch, pipes)
    let id = id
    pipes.closeChildEnds()
    state = Watched(State(openStreams: pipes.readers.count))
    let state = state
    let readers = pipes.readers
    runOnOwnThread { readAll(readers, into: state) }
    runOnOwnThread {
      let exit = waitWithoutReaping(id)
      let isEnded = state.update { state in
        state.exit = exit
        return state.isEnded
      }
      if isEnded { reap(id) }
    }
    input = Mutex(pipes.inputWriter)
    if case .text(let text) = launch.input {
      write(text)
      closeInput()
    }
  }

  deinit { end() }

  // MARK: Watching

  package var reads: [Read] { state.value.reads }

  package var outputSoFar: String { state.value.text(.output) }

  package var errorSoFar: String { state.value.text(.error) }

  /// When the text was complete on the stream, in monotonic nanoseconds.
  package func time(of text: String, in stream: Stream = .output) -> UInt64? {
    let wanted = Array(text.utf8)
    var bytes: [UInt8] = []
    for read in reads where read.stream == stream {
      bytes += read.bytes
      if bytes.contains(wanted) { return read.time }
    }
    return nil
  }

  /// Waits until the text stands in the output, and returns all of it so far; fails early when the program ends.
  @discardableResult
  package func waitForOutput(containing text: String) async throws(TestSupportError) -> String {
    try await wait(for: text, in: .output)
  }

  /// Waits until the text stands in the standard error, and returns all of it so far; fails early when the program
  /// ends.
  @discardableResult
  package func waitForError(containing text: String) async throws(TestSupportError) -> String {
    try await wait(for: text, in: .error)
  }

  /// Waits until the program has ended and all its output is read.
  package func waitForExit() async throws(TestSupportError) -> Outcome {
    try await state.wait(for: "the end of program \(id)", describe: \.summary) { state in
      guard let exit = state.exit, state.openStreams == 0 else { return nil }
      return Outcome(
        status: exit.status, signal: exit.signal, standardOutput: state.text(.output), standardError: state.text(.error)
      )
    }
  }

  private func wait(for text: String, in stream: Stream) async throws(TestSupportError) -> String {
    let found: String? = try await state.wait(for: "'\(text)' of program \(id)", describe: \.summary) { state in
      let all = state.text(stream)
      if all.contains(text) { return .some(all) }
      return state.exit != nil && state.openStreams == 0 ? .some(nil) : nil
    }
    guard let found else { throw TestSupportError("no '\(text)' came; \(state.value.summary)") }
    return found
  }

  // MARK: Steering

  /// Sends a signal to the program itself, not to its children. One that has ended is a zombie until ``end()``, so
  /// the id cannot be that of a stranger.
  package func signal(_ signal: Int32) {
    let id = id
    state.update { state in
      if !state.isEnded { kill(id, signal) }
    }
  }

  /// Writes to the program's input, on a thread that may block.
  package func write(_ text: String) {
    let descriptor = input.withLock { $0.map { fcntl($0, F_DUPFD_CLOEXEC, 3) } }
    guard let descriptor else { return }
    runOnOwnThread {
      writeAll(Array(text.utf8), to: descriptor)
      close(descriptor)
    }
  }

  /// Ends the program's input, once all writes are done.
  package func closeInput() {
    input.withLock { descriptor in
      if let open = descriptor { close(open) }
      descriptor = nil
    }
  }

  /// Kills the program and its children at once. Safe to repeat.
  package func end() {
    let id = id
    let hasExited = state.update { state in
      if state.isEnded { return false }
      state.isEnded = true
      kill(-id, SIGKILL)
      return state.exit != nil
    }
    // Otherwise the thread that waits for the exit reaps.
    if hasExited { reap(id) }
    closeInput()
  }
}

/// Starts a program, runs the body, and kills whatever is left of the program's process group.
package func withProgram<Result>(
  _ launch: ProgramLaunch, body: (RunningProgram) async throws -> Result
) async throws -> Result {
  let program = try RunningProgram(launch)
  defer { program.end() }
  return try await body(program)
}

/// Runs a program to its end.
package func run(_ launch: ProgramLaunch) async throws(TestSupportError) -> RunningProgram.Outcome {
  let program = try RunningProgram(launch)
  defer { program.end() }
  return try await program.waitForExit()
}
