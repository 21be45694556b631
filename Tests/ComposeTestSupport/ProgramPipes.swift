import Glibc
import Synchronization

/// The descriptors between a test and a program.
struct ProgramPipes {
  /// Those that become the program's 0, 1 and 2; the same one may serve for several.
  private(set) var childEnds: [Int32] = []
  private(set) var readers: [(stream: RunningProgram.Stream, descriptor: Int32)] = []
  private(set) var inputWriter: Int32?

  init(_ launch: ProgramLaunch) throws(TestSupportError) {
    // First of all, so that nothing is left open when there is nothing to start.
    guard access(launch.executable, X_OK) == 0 else { throw systemFailure("cannot run '\(launch.executable)'") }
    if case .everything = launch.terminal {
      let terminal = try makeTerminal()
      childEnds = [terminal.child, terminal.child, terminal.child]
      readers = [(.output, terminal.own)]
      inputWriter = fcntl(terminal.own, F_DUPFD_CLOEXEC, 3)
      return
    }
    switch launch.input {
    case .none: childEnds.append(open("/dev/null", O_RDONLY | O_CLOEXEC))
    case .text, .open:
      let ends = try makePipe()
      childEnds.append(ends.reader)
      inputWriter = ends.writer
    }
    let output = try makePipe()
    childEnds.append(output.writer)
    readers.append((.output, output.reader))
    if case .standardError = launch.terminal {
      let terminal = try makeTerminal()
      childEnds.append(terminal.child)
      readers.append((.error, terminal.own))
    } else {
      let error = try makePipe()
      childEnds.append(error.writer)
      readers.append((.error, error.reader))
    }
  }

  mutating func closeChildEnds() {
    for descriptor in Set(childEnds) { close(descriptor) }
    childEnds = []
  }
}

/// Starts the program as the leader of a process group of its own, with default signals and no other descriptors.
func spawn(_ launch: ProgramLaunch, _ pipes: ProgramPipes) throws(TestSupportError) -> Int32 {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  for (number, descriptor) in pipes.childEnds.enumerated() {
    posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
  }
  for (number, descriptor) in launch.descriptors.enumerated() {
    posix_spawn_file_actions_adddup2(&actions, descriptor, 100 + Int32(number))
  }
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var signals = sigset_t()
  sigemptyset(&signals)
  posix_spawnattr_setsigmask(&attributes, &signals)
  for signal in [SIGHUP, SIGINT, SIGPIPE, SIGTERM] { sigaddset(&signals, signal) }
  posix_spawnattr_setsigdefault(&attributes, &signals)
  posix_spawnattr_setpgroup(&attributes, 0)
  posix_spawnattr_setflags(
    &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

  var command = [launch.executable] + launch.arguments
  // Glibc's own action for the folder is hidden from Swift, and the folder of the tests is shared by all of them.
  if let folder = launch.workingDirectory { command = ["/usr/bin/env", "--chdir=\(folder)"] + command }
  var arguments = command.map { strdup($0) } + [nil]
  var environment = launch.environmentEntries.map { strdup($0) } + [nil]
  defer { for text in arguments + environment { free(text) } }
  var id: Int32 = 0
  let status = descriptorLock.withLock { _ in
    // Servers of other tests in this process have sockets that are not closed on exec by themselves.
    for descriptor in Int32(3)..<1024 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    return posix_spawn(&id, command[0], &actions, &attributes, &arguments, &environment)
  }
  guard status == 0 else {
    throw TestSupportError("cannot start '\(launch.executable)': \(String(cString: strerror(status)))")
  }
  return id
}

/// Reads until all writers have closed; blocks.
func readAll(
  _ readers: [(stream: RunningProgram.Stream, descriptor: Int32)], into state: Watched<RunningProgram.State>
) {
  var open = readers
  var bytes = [UInt8](repeating: 0, count: 65_536)
  while !open.isEmpty {
    var polled = open.map { pollfd($0.descriptor) }
    _ = poll(&polled, nfds_t(polled.count), -1)
    for (index, entry) in polled.enumerated().reversed() where entry.revents != 0 {
      let count = read(entry.fd, &bytes, bytes.count)
      if count > 0 {
        let read = RunningProgram.Read(
          stream: open[index].stream, bytes: Array(bytes[..<count]), time: monotonicNanoseconds())
        state.update { $0.reads.append(read) }
      } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
        // A terminal reports EIO once nobody has its other side open.
        close(entry.fd)
        open.remove(at: index)
        state.update { $0.openStreams -= 1 }
      }
    }
  }
}

/// Waits for the end of a child and leaves it a zombie, so that its id stays taken; blocks.
func waitWithoutReaping(_ id: Int32) -> (status: Int32?, signal: Int32?) {
  var info = siginfo_t()
  while waitid(P_PID, id_t(id), &info, Int32(WEXITED | WNOWAIT)) != 0, errno == EINTR {}
  let status = info._sifields._sigchld.si_status
  return info.si_code == CLD_EXITED ? (status, nil) : (nil, status)
}

/// Gives up the id of a child that is known to have ended, so this does not block.
func reap(_ id: Int32) {
  var status: Int32 = 0
  while waitpid(id, &status, 0) < 0, errno == EINTR {}
}

/// Writes all, or as much as the reader takes; blocks.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
  // On this thread only: a program that does not read its input must not end the tests.
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, SIGPIPE)
  pthread_sigmask(SIG_BLOCK, &signals, nil)
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    if count < 0 { return }
    rest = rest.dropFirst(count)
  }
}

private func makePipe() throws(TestSupportError) -> (reader: Int32, writer: Int32) {
  var ends: [Int32] = [-1, -1]
  let status = descriptorLock.withLock { _ in
    let status = pipe(&ends)
    if status == 0 { for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) } }
    return status
  }
  guard status == 0 else { throw systemFailure("cannot make a pipe") }
  return (ends[0], ends[1])
}

/// A terminal of 100 columns and 30 rows.
private func makeTerminal() throws(TestSupportError) -> (own: Int32, child: Int32) {
  var own: Int32 = -1
  var child: Int32 = -1
  var size = winsize(ws_row: 30, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
  let status = descriptorLock.withLock { _ in
    let status = openpty(&own, &child, nil, nil, &size)
    if status == 0 { for end in [own, child] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) } }
    return status
  }
  guard status == 0 else { throw systemFailure("cannot open a terminal") }
  return (own, child)
}
