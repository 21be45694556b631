package import Glibc

/// A folder out of which no path leads.
///
/// Every part of a path is opened from the descriptor of the folder before it, and links are followed by hand. So a
/// link that leads out is refused, and nobody can put one in between a check and its use.
package struct FolderTree: Sendable {
  /// Absolute, for links that name it.
  let path: String
  private let root: Descriptor

  /// What a path names.
  package struct Entry {
    /// Open for asking about it only (`O_PATH`).
    package let descriptor: Descriptor
    package let status: stat
    /// The folder that it is in, and its name there; the root is in itself.
    package let folder: Descriptor
    package let name: [UInt8]

    package var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
    package var isFile: Bool { status.st_mode & S_IFMT == S_IFREG }

    /// The regular file, open for reading.
    package func opened() throws(FileFault) -> Descriptor {
      if isFolder { throw .folder }
      // It may have become a pipe since; opening one would wait for a writer.
      let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
      let number = withCString(name) { openat(folder.number, $0, flags) }
      guard number >= 0 else { throw .last }
      let file = Descriptor(number)
      guard let status = file.status, status.st_mode & S_IFMT == S_IFREG else { throw .noFile }
      return file
    }
  }

  private static let linkLimit = 40

  package init(path: String) throws(FileFault) {
    self.path = path
    root = try openedFolder(path)
  }

  /// Follows a path, the links at its end included.
  ///
  /// - Parameters:
  ///   - names: the parts of the path; `.` and `..` in links are understood.
  ///   - makingFolders: makes those that are missing; the last part counts as one, too.
  package func entry(_ names: [[UInt8]], makingFolders: Bool = false) throws(FileFault) -> Entry {
    var folders = [root]
    var open = Array(names.reversed())
    var links = 0
    while let name = open.popLast() {
      guard let folder = folders.last else { throw .outside }
      if name == dot || name.isEmpty { continue }
      if name == dots {
        guard folders.count > 1 else { throw .outside }
        folders.removeLast()
        continue
      }
      let found = try opened(name, in: folder, makingFolders: makingFolders)
      guard let status = found.status else { throw .last }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: folders.append(found)
      case S_IFLNK:
        links += 1
        guard links <= Self.linkLimit else { throw .system(ELOOP) }
        let target = try link(found)
        if target.first == slash {
          // An absolute link may name this very folder.
          guard let rest = target.below(Array(path.utf8)) else { throw .outside }
          folders = [root]
          open += rest.parts.reversed()
        } else {
          open += target.parts.reversed()
        }
      default:
        guard open.isEmpty else { throw .system(ENOTDIR) }
        return Entry(descriptor: found, status: status, folder: folder, name: name)
      }
    }
    guard let folder = folders.last, let status = folder.status else { throw .last }
    return Entry(descriptor: folder, status: status, folder: folder, name: dot)
  }

  /// The folder of a path, without a look at the last part.
  package func parent(of names: [[UInt8]], makingFolders: Bool = false) throws(FileFault) -> Descriptor {
    let entry = try entry(names.dropLast(), makingFolders: makingFolders)
    guard entry.isFolder else { throw .system(ENOTDIR) }
    return entry.descriptor
  }

  private func opened(_ name: [UInt8], in folder: Descriptor, makingFolders: Bool) throws(FileFault) -> Descriptor {
    let flags = pathOnly | O_NOFOLLOW | O_CLOEXEC
    var descriptor = withCString(name) { openat(folder.number, $0, flags) }
    if descriptor < 0, errno == ENOENT, makingFolders {
      // Somebody else may make it at the same time.
      guard withCString(name, { mkdirat(folder.number, $0, 0o777) }) == 0 || errno == EEXIST else { throw .last }
      descriptor = withCString(name) { openat(folder.number, $0, flags) }
    }
    guard descriptor >= 0 else { throw .last }
    return Descriptor(descriptor)
  }

  private func link(_ descriptor: Descriptor) throws(FileFault) -> [UInt8] {
    var length = 0
    let target = [CChar](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      if let start = buffer.baseAddress { length = readlinkat(descriptor.number, "", start, buffer.count) }
      count = max(0, length)
    }
    guard length >= 0 else { throw .last }
    return target.map { UInt8(bitPattern: $0) }
  }
}

/// A folder by its path, wherever links on the way lead.
package func openedFolder(_ path: String) throws(FileFault) -> Descriptor {
  let descriptor = open(path, pathOnly | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .last }
  return Descriptor(descriptor)
}

/// Makes a folder and those above it; an existing one is fine. If one cannot be made, using it says why.
package func makeFolders(_ path: String) {
  var position = path.startIndex
  while let slash = path[position...].firstIndex(of: "/") {
    if slash > path.startIndex { mkdir(String(path[..<slash]), 0o777) }
    position = path.index(after: slash)
  }
  mkdir(path, 0o777)
}

/// Gives a name of the file system to a function of C.
package func withCString<Result>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  (name + [0]).withUnsafeBufferPointer { bytes in
    bytes.withMemoryRebound(to: CChar.self) { characters in
      // There is at least the NUL.
      body(characters.baseAddress!)
    }
  }
}

/// `O_PATH` of open(2), the same on all machines that Swift runs on; Swift's Glibc leaves it out.
private let pathOnly: Int32 = 0o10_000_000

private let slash = UInt8(ascii: "/")
private let dot = Array(".".utf8)
private let dots = Array("..".utf8)

extension [UInt8] {
  /// What is between the slashes.
  package var parts: [[UInt8]] { split(separator: slash).map(Array.init) }

  /// The rest of a path that lies in a folder.
  fileprivate func below(_ folder: [UInt8]) -> [UInt8]? {
    let base = folder == [slash] ? [] : folder
    guard starts(with: base), count == base.count || self[base.count] == slash else { return nil }
    return Array(dropFirst(base.count))
  }
}
