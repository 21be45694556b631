/// How a program ended.
package enum ProcessEnding: Hashable, Sendable {
  /// It returned a status, 0 to 255.
  case exited(Int32)
  /// A signal ended it.
  case signalled(Int32)

  /// The status, or the negative number of the signal, as Python's `returncode`.
  package var code: Int {
    switch self {
    case .exited(let status): Int(status)
    case .signalled(let number): -Int(number)
    }
  }

  package var isSuccess: Bool { self == .exited(0) }
}

extension ProcessEnding: CustomStringConvertible {
  /// As a message goes on behind the name of the program: `exited with status 3`.
  package var description: String {
    switch self {
    case .exited(let status): "exited with status \(status)"
    case .signalled(let number):
      "was ended by \(Self.names[number].map { "\($0) (signal \(number))" } ?? "signal \(number)")"
    }
  }

  /// Numbers of Linux on all machines that Swift runs on (signal(7)).
  private static let names: [Int32: String] = [
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
    9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM",
    24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
  ]
}
