import ComposePlan
import ComposeProcess
import ComposeRuntime

/// The commands that a component declares for its life: `manage`, or its fields right at the component.
struct ManagedScripts: Sendable {
  let install: [[String]]
  let build: [[String]]
  let clean: [[String]]
  let start: [String]?
  let workingDirectory: String?
  let environment: [String: String]
  private let id: String

  /// - Throws: a `value` error at the field that cannot be used.
  init(_ declaration: ComponentDeclaration, _ processes: ProcessServices) async throws(RuntimeError) {
    id = declaration.id
    let manage = try await declaration.value("manage")
    // The reference ignores them there, and waits without end for what was not started.
    for name in ["install", "build", "clean", "start"] where !manage.isNull {
      guard try await declaration.value(name).isNull else {
        throw declaration.failure(name, "must stand in 'manage', because the component has one")
      }
    }
    // Without `manage`, and inside of it without `scripts`, the commands stand there themselves.
    var scripts = manage.member("scripts")
    if scripts.isNull { scripts = manage }
    func script(_ name: String) async throws(RuntimeError) -> Value {
      manage.isNull ? try await declaration.value(name) : scripts.member(name)
    }
    func commands(_ name: String) async throws(RuntimeError) -> [[String]] {
      guard case .list(let items) = try await script(name), !items.isEmpty else { return [] }
      if case .text = items[0] { return [try Self.words(.list(items), name, declaration)] }
      return try items.map { (item) throws(RuntimeError) in try Self.words(item, name, declaration) }
    }
    install = try await commands("install")
    build = try await commands("build")
    clean = try await commands("clean")
    let start = try await script("start")
    self.start = start.isTruthy ? try Self.words(start, "start", declaration) : nil
    workingDirectory = try manage.member("working_dir").fieldText.flatMap { $0.isEmpty ? nil : $0 }
    var environment = processes.environment
    if case .object(let variables) = manage.member("env") {
      for (name, value) in variables { environment[name] = try value.fieldText }
    }
    self.environment = environment
  }

  private static func words(
    _ value: Value, _ name: String, _ declaration: ComponentDeclaration
  ) throws(RuntimeError) -> [String] {
    guard case .list(let items) = value else { throw declaration.failure(name, "must be a list of words") }
    return try items.map { (item) throws(RuntimeError) in
      guard let text = try item.fieldText else { throw declaration.failure(name, "must be a list of words") }
      return text
    }
  }

  /// The command as a program that can be started.
  func command(_ words: [String]) -> ProcessCommand {
    ProcessCommand(
      words.first ?? "", Array(words.dropFirst()), environment: environment, workingDirectory: workingDirectory)
  }

  /// Runs commands one behind the other, with their output in the log.
  ///
  /// - Throws: a `provider` error for the first one that fails, with the end of what it said.
  func run(_ commands: [[String]], _ processes: ProcessServices) async throws(RuntimeError) {
    for words in commands {
      let command = command(words)
      let tail = OutputTail()
      let ending = try await withProcessErrors { () async throws(ProcessError) in
        let process = try await RunningProcess.start(command, errors: .merged)
        do throws(ProcessError) {
          await processes.forward(from: id, tail) { () async throws(ProcessError) in try await process.readOutput() }
          let ending = try await process.waitForEnding()
          process.beginStop(grace: ProcessServices.grace)
          return ending
        } catch {
          await process.stop(grace: ProcessServices.grace)
          throw error
        }
      }
      guard ending.isSuccess else {
        throw RuntimeError(
          .provider, "the command '\(words.joined(separator: " "))' \(ending)\(tail.line.map { ": \($0)" } ?? "")")
      }
    }
  }
}
