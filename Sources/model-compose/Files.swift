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

  /// - Throws: ``FileProblem`` saying what is wrong with the path.
  static func read(_ path: String) throws(FileProblem) -> [UInt8] {
    if isDirectory(path) { throw FileProblem("'\(path)' is a directory, not a file") }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileProblem(openProblem(path, errno)) }
    defer { close(descriptor) }
    return try readAll(descriptor, name: "'\(path)'")
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

  /// The compose files in a directory and below, in order of their paths. Hidden directories and symbolic links to
  /// directories are not followed.
  static func composeFiles(in directory: String) throws(FileProblem) -> [String] {
    guard let handle = opendir(directory) else { throw FileProblem(openProblem(directory, errno)) }
    defer { closedir(handle) }
    var names: [(name: String, isDirectory: Bool)] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      var info = stat()
      guard lstat(directory + "/" + name, &info) == 0 else { continue }
      names.append((name, info.st_mode & S_IFMT == S_IFDIR))
    }
    var found: [String] = []
    for (name, isDirectory) in names.sorted(by: { $0.name < $1.name }) {
      let path = directory == "." ? name : directory + "/" + name
      if isDirectory {
        found += try composeFiles(in: path)
      } else if name == "model-compose.yml" || name == "model-compose.yaml" {
        found.append(path)
      }
    }
    return found
  }

  /// Opens a file for writing from its beginning.
  static func create(_ path: String) throws(FileProblem) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileProblem("'\(path)' cannot be written: \(reason(errno))") }
    return descriptor
  }

  private static func openProblem(_ path: String, _ code: Int32) -> String {
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
    case EROFS: "the file system is read-only"
    default: String(cString: strerror(code))
    }
  }
}

/// A variable of the process.
func environmentVariable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
