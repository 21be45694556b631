import CProcess
import Glibc

/// Why a program could not be started, or what went wrong beside its own ending.
package struct ProcessError: Error, Sendable {
  /// What kind of failure it was, for programs that decide by it.
  package enum Kind: Hashable, Sendable {
    /// What was asked for cannot be passed to a program.
    case invalid
    /// There is no such program.
    case notFound
    /// It is there and cannot be executed.
    case notExecutable
    case workingDirectory
    /// Arguments and environment are longer than the system takes.
    case tooLong
    /// It wrote more than the caller wanted to hold.
    case outputTooLong
    /// What feeds its standard input failed; ``ProcessError/cause`` says how.
    case input
    case cancelled
    /// The machine has no process, thread or descriptor left.
    case unavailable
  }

  package let kind: Kind
  /// One line for people.
  package let message: String
  /// The error of somebody else that this one passes on.
  package let cause: (any Error)?

  package init(_ kind: Kind, _ message: String, cause: (any Error)? = nil) {
    self.kind = kind
    self.message = message
    self.cause = cause
  }

  package static let cancelled = ProcessError(.cancelled, "the process was cancelled")

  /// What the system said when a descriptor was wanted.
  static func unavailable(_ what: String, _ number: Int32) -> ProcessError {
    ProcessError(.unavailable, "\(what): \(systemMessage(number))")
  }

  /// What a failed start means.
  init(_ result: cprocess_result, _ command: ProcessCommand) {
    let program = "'\(command.program)'"
    switch (result.stage, result.error) {
    case (Int32(CPROCESS_WORKING_DIRECTORY.rawValue), let number):
      let folder = "'\(command.workingDirectory ?? "")'"
      switch number {
      case ENOENT: self.init(.workingDirectory, "the working directory \(folder) does not exist")
      case ENOTDIR: self.init(.workingDirectory, "the working directory \(folder) is not a folder")
      default: self.init(.workingDirectory, "the working directory \(folder): \(systemMessage(number))")
      }
    case (Int32(CPROCESS_EXECUTE.rawValue), ENOENT):
      let isPath = command.program.utf8.contains(UInt8(ascii: "/"))
      self.init(
        .notFound,
        isPath
          ? "the program \(program) was not found, or the one that its first line names"
          : "the program \(program) was not found in PATH")
    case (Int32(CPROCESS_EXECUTE.rawValue), EACCES):
      self.init(.notExecutable, "the program \(program) may not be executed")
    case (Int32(CPROCESS_EXECUTE.rawValue), ENOEXEC):
      self.init(.notExecutable, "'\(command.program)' is no program; a script's first line must name one, as #!/bin/sh")
    case (Int32(CPROCESS_EXECUTE.rawValue), E2BIG):
      self.init(.tooLong, "the arguments and the environment of \(program) are longer than the system takes")
    case (_, let number):
      self.init(.unavailable, "the program \(program) could not be started: \(systemMessage(number))")
    }
  }
}

/// What the system calls an error number.
func systemMessage(_ number: Int32) -> String {
  var text = [CChar](repeating: 0, count: 256)
  guard strerror_r(number, &text, text.count) == 0 else { return "error \(number)" }
  return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
