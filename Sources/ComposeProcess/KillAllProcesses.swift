import CProcess
import Glibc

/// Whether any program was started, which may have ended since.
package var hasStartedProcesses: Bool { ProcessLoop.running != nil }

/// Kills every program that was started and its group, for the moment before this process ends in haste. Blocks until
/// the signals are sent, at most a second.
package func killAllProcesses() {
  guard let loop = ProcessLoop.running else { return }
  let done = eventfd(0, Int32(EFD_CLOEXEC))
  guard done >= 0 else { return }
  loop.send(.killAll(done: done))
  var waiting = pollfd(fd: done, events: Int16(POLLIN), revents: 0)
  // The descriptor stays open: the thread may come to it later.
  while poll(&waiting, 1, 1000) < 0, errno == EINTR {}
}
