import Glibc

/// What a program is started with. Nothing is inherited but `PATH` and `HOME`.
package struct ProgramLaunch: Sendable {
  /// What the program reads as its standard input.
  package enum Input: Sendable {
    /// `/dev/null`.
    case none
    /// This text, then the end.
    case text(String)
    /// Stays open for ``RunningProgram/write(_:)``.
    case open
  }

  /// Which of its streams are a terminal.
  package enum Terminal: Sendable {
    case none
    /// Standard error is a terminal, the other two are not.
    case standardError
    /// All three are one terminal; what it shows counts as output.
    case everything
  }

  /// The absolute path.
  package var executable: String
  package var arguments: [String]
  package var environment: [String: String]
  /// `nil` for that of the test process.
  package var workingDirectory: String?
  package var input: Input
  package var terminal: Terminal
  /// Open descriptors of the test that the program gets as 100, 101 and so on.
  package var descriptors: [Int32] = []

  package init(
    _ executable: String, _ arguments: [String] = [], environment: [String: String] = [:],
    workingDirectory: String? = nil, input: Input = .none, terminal: Terminal = .none
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.input = input
    self.terminal = terminal
  }

  /// The `model-compose` that was built together with the running tests.
  package static func modelCompose(
    _ arguments: String..., environment: [String: String] = [:], workingDirectory: String? = nil, input: Input = .none,
    terminal: Terminal = .none
  ) throws(TestSupportError) -> ProgramLaunch {
    ProgramLaunch(
      try modelComposePath(), arguments, environment: environment, workingDirectory: workingDirectory, input: input,
      terminal: terminal)
  }

  /// The environment as the program sees it, `NAME=value`, sorted.
  var environmentEntries: [String] {
    var all = environment
    for name in ["PATH", "HOME"] where all[name] == nil {
      all[name] = getenv(name).map { String(cString: $0) }
    }
    return all.map { "\($0.key)=\($0.value)" }.sorted()
  }
}

/// The path in `MODEL_COMPOSE_BINARY`, or the binary beside the running test bundle.
package func modelComposePath() throws(TestSupportError) -> String {
  if let path = getenv("MODEL_COMPOSE_BINARY") { return String(cString: path) }
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
  let length = readlink("/proc/self/exe", &buffer, buffer.count)
  let own = String(decoding: buffer.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  // The bundle is the running executable on Linux, or else it is loaded by one that has its path as an argument.
  let bundles = [own] + CommandLine.arguments.filter { $0.hasSuffix(".xctest") || $0.contains(".xctest/") }
  let candidates = bundles.map { Files.folder(of: $0) + "/model-compose" }
  guard let found = candidates.first(where: { access($0, X_OK) == 0 }) else {
    throw TestSupportError(
      "no 'model-compose' beside the tests (looked for \(candidates.joined(separator: ", "))); "
        + "build it, or set MODEL_COMPOSE_BINARY")
  }
  return found
}
