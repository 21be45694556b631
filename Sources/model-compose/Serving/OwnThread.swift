import Glibc

/// Runs what blocks on a thread of its own, so that no task has to wait for it.
func onOwnThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
  await withCheckedContinuation { continuation in
    let work: @Sendable () -> Void = { continuation.resume(returning: body()) }
    // Without a thread it blocks here, which is better than not at all.
    if !startThread(work) { work() }
  }
}

/// - Returns: whether there is a thread for it.
private func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  let user = Unmanaged.passRetained(ThreadBody(body))
  var thread = pthread_t()
  guard pthread_create(&thread, nil, runBody, user.toOpaque()) == 0 else {
    user.release()
    return false
  }
  pthread_detach(thread)
  return true
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// A function and no closure: a closure would inherit the isolation of where it is written and trap on this thread.
private func runBody(_ user: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  // Signals are for the threads that expect them.
  var all = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_SETMASK, &all, nil)
  if let user { Unmanaged<ThreadBody>.fromOpaque(user).takeRetainedValue().run() }
  return nil
}
