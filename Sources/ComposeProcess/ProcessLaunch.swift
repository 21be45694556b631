import CProcess

/// A start that was asked for, and where its outcome goes.
final class ProcessLaunch: Sendable {
  /// The token of the process from now on.
  let token: UInt64
  let command: ProcessCommand
  /// Descriptors 0, 1 and 2 of the program.
  let descriptors: (input: Int32, output: Int32, errors: Int32)
  /// The process's id.
  let started = OneTime<Result<Int32, ProcessError>>()
  let record = ProcessRecord()

  init(_ command: ProcessCommand, token: UInt64, descriptors: (Int32, Int32, Int32)) {
    self.token = token
    self.command = command
    self.descriptors = descriptors
  }

  /// Starts the program. It is called by the thread that lives as long as this process.
  func start() -> cprocess_result {
    let programs = CStringArray(command.candidates)
    let arguments = CStringArray([command.program] + command.arguments)
    let environment = CStringArray(command.environment.map { "\($0.key)=\($0.value)" })
    // An empty folder is the present one.
    let folder = CStringArray(command.workingDirectory.flatMap { $0.isEmpty ? nil : [$0] } ?? [])
    var request = cprocess_request(
      programs: programs.pointers, arguments: arguments.pointers, environment: environment.pointers,
      working_directory: folder.pointers[0], descriptors: descriptors)
    return withExtendedLifetime((programs, arguments, environment, folder)) { cprocess_start(&request) }
  }
}

/// What is known of a process that was started.
final class ProcessRecord: Sendable {
  /// How the process itself ended; others of its group may go on.
  let ending = OneTime<ProcessEnding>()
  /// Set when its whole group has ended, or was killed.
  let gone = OneTime<Void>()
}
