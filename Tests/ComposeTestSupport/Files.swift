import Glibc

/// The few file operations that tests need, without Foundation.
package enum Files {
  /// The repository's folder, found from where this file was compiled; without a slash at the end.
  package static let repository = folder(of: folder(of: folder(of: #filePath)))

  /// The path as it is, or below the repository when it is relative.
  package static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : repository + "/" + path
  }

  /// The path below the repository when it lies there, otherwise the path as it is.
  package static func shown(_ path: String) -> String {
    path.hasPrefix(repository + "/") ? String(path.dropFirst(repository.utf8.count + 1)) : path
  }

  /// All bytes of a file.
  package static func read(_ path: String) throws(TestSupportError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot open '\(path)'") }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("cannot read '\(path)'")
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// Writes a file, replacing an old one, and makes the folders on the way to it.
  package static func write(_ bytes: [UInt8], to path: String) throws(TestSupportError) {
    try makeFolder(folder(of: path))
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("cannot create '\(path)'") }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("cannot write '\(path)'")
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes a text file, replacing an old one, and makes the folders on the way to it.
  package static func write(_ text: String, to path: String) throws(TestSupportError) {
    try write(Array(text.utf8), to: path)
  }

  /// Makes a file of zeros that takes no room.
  package static func makeSparseFile(_ path: String, _ size: Int) throws(TestSupportError) {
    try write("", to: path)
    guard truncate(path, size) == 0 else { throw failure("cannot lengthen '\(path)'") }
  }

  /// Makes a folder and those above it; an existing one is fine.
  package static func makeFolder(_ path: String) throws(TestSupportError) {
    if path.isEmpty || isFolder(path) { return }
    try makeFolder(folder(of: path))
    if mkdir(path, 0o755) != 0, errno != EEXIST { throw failure("cannot make the folder '\(path)'") }
  }

  /// The names in a folder without `.` and `..`, sorted by their bytes; `nil` when it cannot be read.
  package static func names(in path: String) -> [String]? {
    guard let stream = opendir(path) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether the path is a folder or a link to one.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether the path is a symbolic link, to whatever.
  package static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Removes a file, or a folder with all that is in it; links are removed, not followed.
  package static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    for name in names(in: path) ?? [] { remove(path + "/" + name) }
    rmdir(path)
  }

  /// What stands before the last slash.
  package static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }

  /// What stands behind the last slash.
  package static func name(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[path.index(after: slash)...])
  }

  private static func failure(_ what: String) -> TestSupportError {
    TestSupportError("\(what): \(String(cString: strerror(errno)))")
  }
}
