import Glibc
import Synchronization

/// The bytes of a file. It has to be there when the source is made; it is opened when it is read.
struct FileSource: ResourceSource {
  let path: String
  /// In bytes, when the source was made.
  let size: Int

  var isRepeatable: Bool { true }

  var length: Int? { size }

  /// - Throws: a `value` error when there is no such file, or it is a folder or a device.
  init(path: String) throws(RuntimeError) {
    // A path ends at a NUL for the system: what stands behind it would be lost.
    if path.utf8.contains(0) { throw RuntimeError(.value, "a path cannot hold a NUL") }
    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.error(path, errno) }
    try Self.checkKind(status, path)
    self.path = path
    self.size = Int(status.st_size)
  }

  func open() async throws(RuntimeError) -> ResourceReader {
    // It may have become a pipe since; opening one would wait for a writer.
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.error(path, errno) }
    let file = OpenFile(descriptor)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.error(path, errno) }
    try Self.checkKind(status, path)
    let path = path
    return ResourceReader(
      next: { () async throws(RuntimeError) in
        if Task.isCancelled {
          file.close()
          throw .cancelled
        }
        switch file.read() {
        case .success(let bytes): return bytes
        case .failure(let error): throw Self.error(path, error.number)
        }
      },
      cancel: { file.close() })
  }

  /// Opening a pipe or a device can wait for ever.
  private static func checkKind(_ status: stat, _ path: String) throws(RuntimeError) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw RuntimeError(.value, "'\(path)' is a folder, not a file", fault: .folder)
    default: throw RuntimeError(.value, "'\(path)' is not a regular file")
    }
  }

  private static func error(_ path: String, _ number: Int32) -> RuntimeError {
    let reason = number == ENOENT ? "there is no such file" : strerror(number).map { String(cString: $0) } ?? "unknown"
    return RuntimeError(
      .value, "'\(path)' cannot be read: \(reason)", fault: number == ENOENT ? .missingFile : .content)
  }
}

/// A descriptor that is closed at the end of the file, on request, or when nobody holds it any more.
private final class OpenFile: Sendable {
  struct Failure: Error { let number: Int32 }

  private static let pieceSize = 64 * 1024
  private let descriptor: Mutex<Int32?>

  init(_ descriptor: Int32) { self.descriptor = Mutex(descriptor) }

  deinit { close() }

  /// The next piece; `nil` at the end. It reads at most 64 KiB.
  func read() -> Result<[UInt8]?, Failure> {
    let result = descriptor.withLock { descriptor -> Result<[UInt8]?, Failure> in
      guard let descriptor else { return .success(nil) }
      var failure: Int32?
      let bytes = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
        var length = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        while length < 0, errno == EINTR { length = Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
        if length < 0 { failure = errno }
        count = max(0, length)
      }
      if let failure { return .failure(Failure(number: failure)) }
      return .success(bytes.isEmpty ? nil : bytes)
    }
    if case .success(.some) = result { return result }
    close()
    return result
  }

  func close() {
    let open = descriptor.withLock { descriptor in
      defer { descriptor = nil }
      return descriptor
    }
    if let open { _ = Glibc.close(open) }
  }
}
