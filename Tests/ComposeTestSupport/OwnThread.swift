import Glibc

/// Runs the body on a new detached thread.
///
/// Whatever blocks belongs here: in a task it would take a thread of the cooperative pool away from all other tests.
package func runOnOwnThread(_ body: @escaping @Sendable () -> Void) {
  let box = Unmanaged.passRetained(ThreadBody(body))
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  defer { pthread_attr_destroy(&attributes) }
  var thread = pthread_t()
  let status = pthread_create(&thread, &attributes, threadMain, box.toOpaque())
  precondition(status == 0, "cannot start a thread: \(String(cString: strerror(status)))")
}

/// Computes something long on a thread of its own and waits for it, so that other tests are not kept waiting.
package func computed<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
  await withCheckedContinuation { continuation in
    runOnOwnThread { continuation.resume(returning: body()) }
  }
}

/// Nanoseconds of the monotonic clock.
package func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// A function and no closure: a closure would inherit the isolation of where it is written and trap on this thread.
private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument { Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run() }
  return nil
}
