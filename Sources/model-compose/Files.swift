import Glibc

/// A file that cannot be used, with the reason in words.
struct FileProblem: Error {
  let message: String
  let help: String?

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}

/// Reading and listing of files; paths are taken relative to the working directory.
enum Files {
  /// The most bytes that are read of one file.
  static let limit = 256 * 1024 * 1024

  /// How often a file is read that changes meanwhile, before that is given up.
  private static let attempts = 3

  /// - Throws: ``FileProblem`` saying what is wrong with the path.
  static func read(_ path: String) throws(FileProblem) -> [UInt8] {
    for _ in 0..<attempts {
      if isDirectory(path) { throw FileProblem("'\(path)' is a directory, not a file") }
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw FileProblem(openProblem(path, errno)) }
      defer { close(descriptor) }
      let before = Stamp(descriptor)
      let bytes = try readAll(descriptor, name: "'\(path)'")
      if before == Stamp(descriptor) { return bytes }
    }
    throw FileProblem(
      "'\(path)' changes while it is read", help: "try again when nothing writes to it")
  }

  /// What tells that a file was written to. Pipes and devices have none.
  private struct Stamp: Equatable {
    private var size: Int64 = 0
    private var seconds = 0
    private var nanoseconds = 0

    init(_ descriptor: Int32) {
      var info = stat()
      guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return }
      size = Int64(info.st_size)
      seconds = info.st_mtim.tv_sec
      nanoseconds = info.st_mtim.tv_nsec
    }
  }

  static func readStandardInput() throws(FileProblem) -> [UInt8] { try readAll(0, name: "standard input") }

  private static func readAll(_ descriptor: Int32, name: String) throws(FileProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw FileProblem("\(name) cannot be read: \(reason(errno))") }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      if bytes.count > limit { throw FileProblem("\(name) is larger than \(limit / 1024 / 1024) MiB") }
    }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isDirectory(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether the path is a file that can be read again and again, not a pipe or a device.
  static func isRegular(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
  }

  /// Opens a file for writing from its beginning.
  static func create(_ path: String) throws(FileProblem) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileProblem("'\(path)' cannot be written: \(reason(errno))") }
    return descriptor
  }

  static func openProblem(_ path: String, _ code: Int32) -> String {
    code == ENOENT ? "'\(path)' was not found" : "'\(path)' cannot be read: \(reason(code))"
  }

  /// What an error number means, in words.
  static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "there is no such file or directory"
    case EACCES, EPERM: "permission denied"
    case EISDIR: "it is a directory"
    case ENOTDIR: "a part of the path is not a directory"
    case ENOSPC: "the disk is full"
    case EBADF: "it is closed"
    case ELOOP: "its symbolic links go in a circle"
    case ENAMETOOLONG: "the path is too long"
    case ENXIO: "it is a socket or a device, not a file"
    case ETXTBSY: "it is a program that runs"
    case EROFS: "the file system is read-only"
    default: String(cString: strerror(code))
    }
  }
}

/// A variable of the process.
func environmentVariable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
