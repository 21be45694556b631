package import Glibc

/// An open file or folder, closed when nobody holds it any more.
package final class Descriptor: Sendable {
  /// How much is read at once.
  package static let pieceSize = 64 * 1024

  package let number: Int32

  package init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  package var status: stat? {
    var status = stat()
    return fstat(number, &status) == 0 ? status : nil
  }

  /// What tells this state of the file from others; `nil` when the system does not say it.
  package var version: FileVersion? {
    status.map { status in
      FileVersion(size: Int(status.st_size), seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    }
  }

  /// The next piece begins there.
  package func seek(to offset: Int) throws(FileFault) {
    if lseek(number, off_t(offset), SEEK_SET) < 0 { throw .last }
  }

  /// The next piece; `nil` at the end.
  package func read(atMost size: Int = pieceSize) -> Result<[UInt8]?, FileFault> {
    var fault: FileFault?
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      var length = Glibc.read(number, buffer.baseAddress, buffer.count)
      while length < 0, errno == EINTR { length = Glibc.read(number, buffer.baseAddress, buffer.count) }
      if length < 0 { fault = .last }
      count = max(0, length)
    }
    if let fault { return .failure(fault) }
    return .success(bytes.isEmpty ? nil : bytes)
  }

  /// Writes all of it.
  package func write(_ bytes: [UInt8]) throws(FileFault) {
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

/// The size of a file, and when it was changed last.
package struct FileVersion: Hashable, Sendable {
  /// In bytes.
  package let size: Int
  /// Since 1970, and the rest behind the seconds.
  package let seconds: Int
  package let nanoseconds: Int
}

/// Why the system does not do something with a file.
package enum FileFault: Error, Hashable {
  /// An error number of the system (errno(3)).
  case system(Int32)
  /// The path leads out of the folder of the store.
  case outside
  /// Something else stands where a folder or a regular file is needed.
  case folder, noFolder, noFile
  /// A NUL ends a path for the system.
  case nul

  /// What the last call has left.
  package static var last: FileFault { .system(errno) }

  /// The words behind `because` of a message.
  package var reason: String {
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
  package func error(_ path: String, _ what: String) -> RuntimeError {
    let fault: ValueFault =
      switch self {
      case .system(ENOENT): .missingFile
      case .folder, .system(EISDIR): .folder
      default: .content
      }
    return RuntimeError(.value, "'\(path)' \(what): \(reason)", fault: fault)
  }
}
