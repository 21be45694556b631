import NIOCore
import Synchronization

/// Wakes a reader whenever nothing has come for a while, so that its client hears something.
final class Pinger: Sendable {
  private let reader: StreamReader
  private let interval: Duration
  private let loop: any EventLoop
  /// `nil` when it has been stopped.
  private let timer: Mutex<Scheduled<Void>?>

  /// - Parameter loop: keeps the time; nothing else is done there.
  init(_ reader: StreamReader, interval: Duration, on loop: any EventLoop) {
    self.reader = reader
    self.interval = interval
    self.loop = loop
    timer = Mutex(nil)
    timer.withLock { $0 = scheduled(in: interval) }
  }

  func stop() {
    let timer = timer.withLock { timer in
      defer { timer = nil }
      return timer
    }
    timer?.cancel()
  }

  private func scheduled(in duration: Duration) -> Scheduled<Void> {
    loop.scheduleTask(in: TimeAmount(duration)) { [self] in look() }
  }

  private func look() {
    let rest = reader.lastActivity + interval - ContinuousClock.now
    if rest <= .zero { reader.wake() }
    timer.withLock { if $0 != nil { $0 = scheduled(in: rest > .zero ? rest : interval) } }
  }
}
