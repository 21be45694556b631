import Glibc

/// A temporary file without a name: the system deletes it when it is closed, however the program ends.
///
/// Its calls block for as long as the system needs for a piece of at most 64 KiB, as those of files that are read do.
package final class SpoolFile: Sendable {
  private let descriptor: Int32
  private let folder: String

  /// The folder for temporary files: `TMPDIR`, or `/tmp`.
  package static var temporaryFolder: String {
    guard let folder = getenv("TMPDIR"), folder.pointee != 0 else { return "/tmp" }
    return String(cString: folder)
  }

  /// Only the user can read the file while it has a name, and that is for a moment.
  ///
  /// - Throws: a `value` error when no file can be made there.
  package init(in folder: String) throws(RuntimeError) {
    // The name cannot be guessed, and a file that is there already is not taken.
    let name = String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt64.random(in: .min ... .max), radix: 36)
    let path = "\(folder)/model-compose-\(name)"
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)
    guard descriptor >= 0 else { throw Self.error("no temporary file can be made in '\(folder)'", errno) }
    unlink(path)
    self.descriptor = descriptor
    self.folder = folder
  }

  deinit { close(descriptor) }

  /// - Throws: a `value` error when there is no space left.
  package func write(_ bytes: [UInt8], at offset: Int) throws(RuntimeError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        pwrite(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written, off_t(offset + written))
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw Self.error("the data cannot be kept in a temporary file in '\(folder)'", errno)
      }
      written += count
    }
  }

  /// Bytes that were written before; fewer than asked for if the system has no more at hand.
  package func read(at offset: Int, count: Int) throws(RuntimeError) -> [UInt8] {
    var number: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
      var result = pread(descriptor, buffer.baseAddress, count, off_t(offset))
      while result < 0, errno == EINTR { result = pread(descriptor, buffer.baseAddress, count, off_t(offset)) }
      if result < 0 { number = errno }
      length = max(0, result)
    }
    if bytes.isEmpty { throw Self.error("a temporary file cannot be read", number) }
    return bytes
  }

  private static func error(_ what: String, _ number: Int32) -> RuntimeError {
    let isFull = number == ENOSPC || number == EDQUOT
    let reason = isFull ? "there is no space left" : strerror(number).map { String(cString: $0) } ?? "unknown"
    return RuntimeError(.value, "\(what): \(reason); 'TMPDIR' names the folder")
  }
}
