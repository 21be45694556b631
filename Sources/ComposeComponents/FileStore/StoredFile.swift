import ComposeRuntime
import Synchronization

/// The bytes of a file in a store, opened when they are read, under the rules of the store's folder.
struct StoredFile: ResourceSource {
  let folder: LocalFolder
  let path: String
  let names: [[UInt8]]

  var isRepeatable: Bool { true }

  func open() async throws(RuntimeError) -> ResourceReader {
    let opened: Descriptor
    do throws(FileFault) {
      opened = try folder.tree().entry(names).opened()
    } catch {
      throw error.error(path, "cannot be read")
    }
    return Self.reader(of: opened, path)
  }

  private static func reader(of descriptor: Descriptor, _ path: String) -> ResourceReader {
    let reading = Reading(descriptor)
    return ResourceReader(
      next: { () async throws(RuntimeError) in
        if Task.isCancelled {
          reading.end()
          throw .cancelled
        }
        switch reading.next() {
        case .success(let piece): return piece
        case .failure(let fault): throw fault.error(path, "cannot be read")
        }
      },
      cancel: { reading.end() })
  }
}

/// Lets the file go at its end, on request, or when nobody reads any more.
private final class Reading: Sendable {
  private let descriptor: Mutex<Descriptor?>

  init(_ descriptor: Descriptor) { self.descriptor = Mutex(descriptor) }

  func next() -> Result<[UInt8]?, FileFault> {
    guard let file = descriptor.withLock({ $0 }) else { return .success(nil) }
    let result = file.read()
    if case .success(.some) = result { return result }
    end()
    return result
  }

  func end() { descriptor.withLock { $0 = nil } }
}
