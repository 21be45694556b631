import Glibc

/// The clock of the machine. While the machine is suspended its time goes on.
package struct SystemClock: RunClock {
  package init() {}

  package var secondsSinceEpoch: Double {
    let time = read(CLOCK_REALTIME)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  package var now: MonotonicInstant {
    let time = read(CLOCK_BOOTTIME)
    return MonotonicInstant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  package func sleep(until instant: MonotonicInstant) async throws(RuntimeError) {
    while true {
      if Task.isCancelled { throw .cancelled }
      // The system counts a wait in 64-bit nanoseconds, which a wait for ever exceeds.
      let rest = min(instant.nanoseconds - now.nanoseconds, 86_400_000_000_000)
      guard rest > 0 else { return }
      do {
        try await Task.sleep(for: .nanoseconds(rest), tolerance: .zero, clock: .continuous)
      } catch {
        throw .cancelled
      }
    }
  }

  private func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    clock_gettime(clock, &time)
    return time
  }
}
