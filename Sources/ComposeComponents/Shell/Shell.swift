import ComposeBasic
import ComposePlan
import ComposeProcess
import ComposeRuntime

/// `shell`: runs commands on this machine. The list form never goes through a shell.
struct Shell: Component {
  static let type = "shell"
  static let componentFields: Set<String> = ["base_dir", "env", "manage", "install", "clean"]
  static let actionFields: Set<String> = [
    "command", "stdin", "working_dir", "env", "timeout", "batch_size", "streaming", "check",
  ]

  static func refusals(of invocation: Invocation) -> [Refusal] {
    guard let driver = invocation.componentField("driver"), driver.literal != .text("local") else { return [] }
    return [
      Refusal("commands are run on this machine only: run ssh as the command instead of the driver", at: driver.range)
    ]
  }

  private let declaration: ComponentDeclaration
  private let services: Services
  private let active = ActiveProcesses()

  init(_ declaration: ComponentDeclaration, _ services: Services) {
    self.declaration = declaration
    self.services = services
  }

  /// A service is set up before its first call, as the reference's is; a single run is not.
  func start() async throws(RuntimeError) {
    guard services.processes.isService, !services.processes.skipsSetup else { return }
    let scripts = try await ManagedScripts(declaration, services.processes)
    try await scripts.run(scripts.install, services.processes)
  }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    let fields = ActionFields(call, services)
    let setting = try await ShellSetting(fields, services.processes, clock: call.clock)
    let commands = try await ShellCommands(fields, setting)
    if try await fields.value("streaming").isTruthy { return try await stream(commands, setting, fields) }
    let inputs = try await ShellInputs(fields, for: commands)
    let width = max(1, try await fields.integer("batch_size") ?? 1)
    let results = try await inBatches(of: width, count: commands.all.count) { (index) async throws(RuntimeError) in
      let input = try await inputs.source(index)
      return try await setting.run(commands.all[index], feeding: input)
    }
    return try await fields.output(of: commands.areSeveral ? .list(results) : results.first ?? .null)
  }

  func stop() async { await active.stop() }

  func cleanUp() async throws(RuntimeError) {
    let scripts = try await ManagedScripts(declaration, services.processes)
    try await scripts.run(scripts.clean, services.processes)
  }

  /// The lines of each command, which starts when they are asked for.
  private func stream(
    _ commands: ShellCommands, _ setting: ShellSetting, _ fields: ActionFields
  ) async throws(RuntimeError) -> Value {
    let inputs = try await ShellInputs(fields, for: commands)
    var streams: [Value] = []
    for (index, command) in commands.all.enumerated() {
      let source = try await inputs.source(index)
      let lines = StreamedCommand(
        command, source, setting, active: active, of: declaration.id, services.processes)
      let stream = ValueStream(
        .chunks(fragmented: true), next: { () async throws(RuntimeError) in try await lines.next() },
        cancel: { lines.cancel() })
      streams.append(try fields.output(ofChunks: stream))
    }
    return commands.areSeveral ? .list(streams) : streams.first ?? .null
  }
}

/// Runs a function for each index in batches, one batch behind the other, and gives the results in order.
///
/// - Throws: the first error in time, when the others have ended.
private func inBatches(
  of width: Int, count: Int, _ body: @escaping @Sendable (Int) async throws(RuntimeError) -> Value
) async throws(RuntimeError) -> [Value] {
  var results: [Value] = []
  for start in stride(from: 0, to: count, by: width) {
    let end = min(count, start + width)
    guard end - start > 1 else {
      results.append(try await body(start))
      continue
    }
    let batch = await withTaskGroup(of: (Int, Result<Value, RuntimeError>).self) { group in
      for index in start..<end {
        group.addTask {
          do throws(RuntimeError) { return (index, .success(try await body(index))) } catch {
            return (index, .failure(error))
          }
        }
      }
      var values = [Value](repeating: .null, count: end - start)
      var failure: RuntimeError?
      for await (index, result) in group {
        switch result {
        case .success(let value): values[index - start] = value
        case .failure(let error):
          if failure == nil { failure = error }
          group.cancelAll()
        }
      }
      return failure.map { Result<[Value], RuntimeError>.failure($0) } ?? .success(values)
    }
    results += try batch.get()
  }
  return results
}
