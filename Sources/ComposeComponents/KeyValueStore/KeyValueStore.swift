import ComposeBasic
import ComposePlan
import ComposeRuntime
import Synchronization

/// `key-value-store`: keeps values by name, in memory or in an SQLite database.
final class KeyValueStore: Component {
  static let type = "key-value-store"
  static let componentFields: Set<String> = ["path", "table"]
  static let actionFields: Set<String> = ["method", "key", "value", "ttl", "batch_size"]

  private let declaration: ComponentDeclaration
  private let services: Services
  private let backend = Mutex<(any KeyValueBackend)?>(nil)

  static func refusals(of invocation: Invocation) -> [Refusal] {
    let driver = invocation.componentField("driver")
    switch driver?.content {
    case .constant(.text("memory")), .constant(.text("sqlite")): return []
    case .constant(.text(let name)):
      return [
        Refusal(
          "the driver '\(name)' of key-value-store is not run by this version; it runs memory and sqlite",
          at: driver?.range ?? invocation.componentRange)
      ]
    default: return []
    }
  }

  init(_ declaration: ComponentDeclaration, _ services: Services) {
    self.declaration = declaration
    self.services = services
  }

  func start() async throws(RuntimeError) { try await opened().open() }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    let fields = ActionFields(call, services)
    let action = try await KeyValueAction(fields)
    let keys = action.request.keys
    let answers = keys.isEmpty ? [] : try await opened().perform(action.request, on: call.clock)
    let results = zip(keys, answers).map { key, answer in
      Value.object(["key": key, action.request.answer: answer])
    }
    return try await fields.output(of: action.isSingle ? results[0] : .list(results))
  }

  func stop() async {
    let backend = backend.withLock { $0 }
    await backend?.close()
  }

  /// The one store of this component, made by whoever needs it first.
  private func opened() async throws(RuntimeError) -> any KeyValueBackend {
    if let backend = backend.withLock({ $0 }) { return backend }
    let made = try await makeBackend()
    return backend.withLock { backend in
      let kept = backend ?? made
      backend = kept
      return kept
    }
  }

  private func makeBackend() async throws(RuntimeError) -> any KeyValueBackend {
    guard try await declaration.text("driver") == "sqlite" else { return MemoryStore() }
    let table = try await declaration.text("table") ?? "kv_store"
    guard SQLiteStore.isTableName(table) else {
      throw declaration.failure("table", "must be made of letters, digits and '_', and not begin with a digit")
    }
    let path = try await declaration.text("path") ?? "kv-store.sqlite"
    if path.utf8.contains(0) { throw declaration.failure("path", "must not contain a NUL") }
    return SQLiteStore(path: path, table: table)
  }
}
