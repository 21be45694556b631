import ComposePlan
import ComposeProcess
import ComposeRuntime

/// What all commands of one call have in common, and how one of them is run.
struct ShellSetting: Sendable {
  let environment: [String: String]
  let workingDirectory: String?
  /// Seconds for a command, or for each line of one that streams.
  let timeout: Double?
  /// Whether a command that fails fails the job.
  let isChecked: Bool
  let clock: any RunClock

  /// - Throws: a `value` error at the field that cannot be used.
  init(_ fields: ActionFields, _ processes: ProcessServices, clock: any RunClock) async throws(RuntimeError) {
    var environment = processes.environment
    let invocation = fields.invocation
    for template in [invocation.componentField("env"), invocation.actionField("env")] {
      guard let template else { continue }
      switch try await fields.evaluator.evaluate(template) {
      case .null: continue
      case .object(let variables):
        for (name, value) in variables {
          do throws(RuntimeError) {
            if let text = try value.fieldText { environment[name] = text }
          } catch {
            throw RuntimeError(.value, "the variable '\(name)' \(error.message)", range: template.range)
          }
        }
      case let value:
        throw RuntimeError(.value, "'env' must be an object, not \(value.kindName)", range: template.range)
      }
    }
    self.environment = environment
    var base: String?
    if let template = invocation.componentField("base_dir") {
      base = try await fields.evaluator.evaluate(template).fieldText
    }
    let folder = WorkingDirectory(
      base: base, path: try await fields.text("working_dir"), home: processes.environment["HOME"])
    workingDirectory = folder.path
    // Zero that the file writes is no limit; one that is computed ends the command at once, as in the reference.
    let isWrittenZero = [.integer(0), .number(0), .text(""), .boolean(false)].contains(
      invocation.actionField("timeout")?.literal)
    timeout = isWrittenZero ? nil : try await fields.seconds("timeout")
    isChecked = try await fields.boolean("check") ?? false
    self.clock = clock
  }

  /// The deadline of something that begins now, if there is one.
  func deadline(_ command: ProcessCommand) -> Deadline? {
    timeout.map { Deadline("the command '\(command.program)'", seconds: $0, from: clock.now) }
  }

  /// Runs a command to its end.
  func run(_ command: ProcessCommand, feeding source: ProcessSource) async throws(RuntimeError) -> Value {
    let result = try await ComposeRuntime.run(within: deadline(command), on: clock, discard: { _ in }) {
      () async throws(RuntimeError) in
      try await withProcessErrors { () async throws(ProcessError) in
        try await command.run(feeding: source, limit: Value.drainLimit, grace: ProcessServices.grace)
      }
    }
    if let failure = failure(of: command, result.ending, lastWords(of: result.errors)) { throw failure }
    return .object([
      "stdout": .text(try text(result.output, "stdout", command)),
      "stderr": .text(try text(result.errors, "stderr", command)),
      "exit_code": .integer(result.ending.code),
    ])
  }

  /// The error of a command that is checked and has failed.
  func failure(of command: ProcessCommand, _ ending: ProcessEnding, _ lastWords: String?) -> RuntimeError? {
    guard isChecked, !ending.isSuccess else { return nil }
    return RuntimeError(.provider, "the command '\(command.program)' \(ending)\(lastWords.map { ": \($0)" } ?? "")")
  }

  private func text(
    _ bytes: [UInt8], _ name: String, _ command: ProcessCommand
  ) throws(RuntimeError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RuntimeError(
        .value,
        "\(name) of the command '\(command.program)' is not UTF-8 text; 'streaming: true' takes it all the same",
        fault: .encoding)
    }
    return text.pythonStripped
  }
}

extension String {
  /// Without white space at both ends, as Python's `str.strip` takes it off.
  fileprivate var pythonStripped: String {
    let scalars = unicodeScalars
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
      default: false
      }
    }
    guard let start = scalars.firstIndex(where: { !isSpace($0) }), let end = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[start...end])
  }
}
