/// A program to start, with everything it gets. Nothing else is passed on: no descriptor, no ignored signal and no
/// variable.
package struct ProcessCommand: Sendable {
  /// A path, or a name that is looked for in the `PATH` of the environment below.
  package var program: String
  /// Without the program's own name.
  package var arguments: [String]
  /// The whole environment of the program.
  package var environment: [String: String]
  /// Where the program begins, and what a relative path of it starts from; `nil` for the folder of this process.
  package var workingDirectory: String?

  package init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], workingDirectory: String? = nil
  ) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
  }

  /// Checks what the system would cut or misread without a word.
  ///
  /// - Throws: `invalid` for an empty program, a character NUL anywhere, or a name of a variable that is none.
  func check() throws(ProcessError) {
    guard !program.isEmpty else { throw ProcessError(.invalid, "the command names no program") }
    try Self.check(program, "the program's name")
    for (index, argument) in arguments.enumerated() { try Self.check(argument, "argument \(index + 1)") }
    if let workingDirectory { try Self.check(workingDirectory, "the working directory") }
    for (name, value) in environment {
      guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "=")), !name.utf8.contains(0) else {
        throw ProcessError(.invalid, "'\(name.printable)' cannot be the name of an environment variable")
      }
      try Self.check(value, "the environment variable '\(name)'")
    }
  }

  private static func check(_ text: String, _ subject: String) throws(ProcessError) {
    guard !text.utf8.contains(0) else {
      throw ProcessError(.invalid, "\(subject) contains the character NUL, which a program cannot be given")
    }
  }

  /// The paths to try, in order: those of `PATH`, as Python's `subprocess` and execvp(3) build them.
  var candidates: [String] {
    if program.utf8.contains(UInt8(ascii: "/")) { return [program] }
    return (environment["PATH"] ?? "/bin:/usr/bin").split(separator: ":", omittingEmptySubsequences: false).map {
      $0.isEmpty ? program : $0.hasSuffix("/") ? $0 + program : "\($0)/\(program)"
    }
  }
}

extension String {
  /// The text in one line, shortened, for a message.
  fileprivate var printable: String {
    var text = ""
    for scalar in unicodeScalars.prefix(60) { text += scalar.value < 0x20 ? "?" : String(scalar) }
    return text
  }
}
