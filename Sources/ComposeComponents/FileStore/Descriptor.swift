import ComposeRuntime
import Glibc

/// An open file or folder, closed when nobody holds it any more.
final class Descriptor: Sendable {
  /// How much is read at once.
  static let pieceSize = 64 * 1024

  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  var status: stat? {
    var status = stat()
    return fstat(number, &status) == 0 ? status : nil
  }

  /// The next piece; `nil` at the end.
  func read() -> Result<[UInt8]?, FileFault> {
    var fault: FileFault?
    let bytes = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, count in
      var length = Glibc.read(number, buffer.baseAddress, buffer.count)
      while length < 0, errno == EINTR { length = Glibc.read(number, buffer.baseAddress, buffer.count) }
      if length < 0 { fault = .last }
      count = max(0, length)
    }
    if let fault { return .failure(fault) }
    return .success(bytes.isEmpty ? nil : bytes)
  }

  /// Writes all of it.
  func write(_ bytes: [UInt8]) throws(FileFault) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { bytes in
        Glibc.write(number, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw .last
      }
      written += count
    }
  }
}

/// Why the system does not do something with a file.
enum FileFault: Error, Hashable {
  /// An error number of the system (errno(3)).
  case system(Int32)
  /// The path leads out of the folder of the store.
  case outside
  /// Something else stands where a folder or a regular file is needed.
  case folder, noFolder, noFile
  /// A NUL ends a path for the system.
  case nul

  /// What the last call has left.
  static var last: FileFault { .system(errno) }

  /// The words behind `because` of a message.
  var reason: String {
    switch self {
    case .outside: "the path leads out of the folder of the store"
    case .folder, .system(EISDIR): "it is a folder"
    case .noFolder: "it is no folder"
    case .noFile: "it is no regular file"
    case .nul: "a path cannot hold a NUL"
    case .system(ENOENT): "there is no such file"
    case .system(ENOTDIR): "a part of the path is no folder"
    case .system(ENOSPC), .system(EDQUOT): "there is no space left"
    case .system(EACCES), .system(EPERM): "the system does not permit it"
    case .system(EROFS): "the file system is read-only"
    case .system(ENAMETOOLONG): "the name is too long"
    case .system(ELOOP): "there are too many links on the way"
    case .system(EMFILE), .system(ENFILE): "too many files are open"
    case .system(let number): strerror(number).map { String(cString: $0) } ?? "error \(number)"
    }
  }

  /// The error of an action.
  ///
  /// - Parameters:
  ///   - path: as the action names it.
  ///   - what: what was not possible, such as `cannot be read`.
  func error(_ path: String, _ what: String) -> RuntimeError {
    let fault: ValueFault =
      switch self {
      case .system(ENOENT): .missingFile
      case .folder, .system(EISDIR): .folder
      default: .content
      }
    return RuntimeError(.value, "'\(path)' \(what): \(reason)", fault: fault)
  }
}
