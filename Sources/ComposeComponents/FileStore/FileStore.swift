import ComposeBasic
import ComposePlan
import ComposeRuntime
import Synchronization

/// `file-store`: writes, reads, deletes and lists files of one folder of this machine.
final class FileStore: Component {
  static let type = "file-store"
  static let componentFields: Set<String> = ["base_path"]
  static let actionFields: Set<String> = [
    "method", "path", "source", "content_type", "metadata", "multipart_threshold", "chunk_size", "save_to", "streaming",
    "recursive", "pattern", "max_result_count", "next_token", "batch_size",
  ]

  private let declaration: ComponentDeclaration
  private let services: Services
  private let folder = Mutex<LocalFolder?>(nil)

  static func refusals(of invocation: Invocation) -> [Refusal] {
    guard let driver = invocation.componentField("driver"), case .constant(.text(let name)) = driver.content,
      name != "local"
    else { return [] }
    return [Refusal("the driver '\(name)' of file-store is not run by this version; it runs local", at: driver.range)]
  }

  init(_ declaration: ComponentDeclaration, _ services: Services) {
    self.declaration = declaration
    self.services = services
  }

  func start() async throws(RuntimeError) { _ = try await opened() }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    try await FileStoreAction(ActionFields(call, services), folder: try await opened()).result()
  }

  func stop() async { folder.withLock { $0 }?.stop() }

  /// The one store of this component, made by whoever needs it first.
  private func opened() async throws(RuntimeError) -> LocalFolder {
    if let folder = folder.withLock({ $0 }) { return folder }
    let path = try await declaration.text("base_path")
    if path?.utf8.contains(0) ?? false { throw declaration.failure("base_path", "must not contain a NUL") }
    let made = LocalFolder(StoreBase(path))
    try made.make()
    return folder.withLock { folder in
      let kept = folder ?? made
      folder = kept
      return kept
    }
  }
}
