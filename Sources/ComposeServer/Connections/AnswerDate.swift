import Glibc
import Synchronization

/// The time of answers as HTTP writes it. It is written out once a second.
enum AnswerDate {
  private static let last = Mutex((seconds: 0, text: ""))

  static var now: String {
    let seconds = time(nil)
    return last.withLock { last in
      if last.seconds != seconds { last = (seconds, httpDate(seconds)) }
      return last.text
    }
  }
}
