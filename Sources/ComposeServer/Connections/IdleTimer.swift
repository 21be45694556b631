import NIOCore

/// Tells when nothing has happened for a while, again and again. One timer does for many moments of activity.
final class IdleTimer {
  private let timeout: TimeAmount
  private var lastActivity = NIODeadline.now()
  private var scheduled: Scheduled<Void>?

  init(timeout: TimeAmount) { self.timeout = timeout }

  func noteActivity() { lastActivity = .now() }

  func start(on loop: any EventLoop, _ act: @escaping () -> Void) {
    noteActivity()
    schedule(at: lastActivity + timeout, on: loop, act)
  }

  func stop() {
    scheduled?.cancel()
    scheduled = nil
  }

  private func schedule(at deadline: NIODeadline, on loop: any EventLoop, _ act: @escaping () -> Void) {
    scheduled = loop.assumeIsolated().scheduleTask(deadline: deadline) { [self] in
      if lastActivity + timeout <= deadline {
        act()
        noteActivity()
      }
      if scheduled != nil { schedule(at: lastActivity + timeout, on: loop, act) }
    }
  }
}
