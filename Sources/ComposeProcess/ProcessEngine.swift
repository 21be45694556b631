import CProcess
import Glibc

/// What the thread does: it starts programs, and leads each of them to its end. It belongs to that thread alone.
///
/// A program that has ended stays a zombie until its group is to end too. As long as it is one, nobody else can get its
/// number, and a signal for the group cannot meet a stranger.
struct ProcessEngine {
  private let loop: ProcessLoop
  private var children: [UInt64: ProcessChild] = [:]

  init(_ loop: ProcessLoop) { self.loop = loop }

  mutating func run() -> Never {
    var events = [epoll_event](repeating: epoll_event(), count: 64)
    while true {
      let count = epoll_wait(loop.epoll, &events, Int32(events.count), timeout())
      for index in 0..<max(0, Int(count)) { handle(events[index].data.u64) }
      let now = monotonicNanoseconds()
      for (token, child) in children where child.wakesAt.map({ $0 <= now }) ?? false {
        advance(token) { $0.timeIsOver(now) }
      }
    }
  }

  /// Milliseconds until the next child has something to do; -1 for never.
  private func timeout() -> Int32 {
    guard let next = children.values.compactMap(\.wakesAt).min() else { return -1 }
    // Rounded up: a turn before the time would be for nothing.
    return Int32(clamping: max(0, (next - monotonicNanoseconds() + 999_999) / 1_000_000))
  }

  private mutating func handle(_ token: UInt64) {
    if token == ProcessLoop.wakeUpToken {
      var value: UInt64 = 0
      eventfd_read(loop.wakeUp, &value)
      for command in loop.takeCommands() {
        switch command {
        case .start(let launch): start(launch)
        case .stop(let token, let grace):
          advance(token) { $0.stop(grace: grace, now: monotonicNanoseconds()) }
        case .killAll(let done):
          for token in Array(children.keys) { advance(token) { $0.stop(grace: 0, now: monotonicNanoseconds()) } }
          eventfd_write(done, 1)
        }
      }
    } else if children[token] != nil {
      advance(token) { $0.mayHaveEnded(now: monotonicNanoseconds()) }
    } else {
      loop.takeWatched(token)?.becameReady()
    }
  }

  private mutating func start(_ launch: ProcessLaunch) {
    let result = launch.start()
    guard result.error == 0 else {
      launch.started.set(.failure(ProcessError(result, launch.command)))
      return
    }
    var child = ProcessChild(process: result.process, descriptor: result.descriptor, record: launch.record)
    var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: launch.token))
    guard epoll_ctl(loop.epoll, EPOLL_CTL_ADD, result.descriptor, &event) == 0 else {
      let error = ProcessError.unavailable("a process could not be watched", errno)
      child.abandon()
      launch.started.set(.failure(error))
      return
    }
    children[launch.token] = child
    launch.started.set(.success(result.process))
  }

  private mutating func advance(_ token: UInt64, _ step: (inout ProcessChild) -> Void) {
    guard var child = children[token] else { return }
    step(&child)
    children[token] = child.isOver ? nil : child
  }
}

/// A time that nobody sets (clock_gettime(2)).
func monotonicNanoseconds() -> Int64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
