import ComposeRuntime
import Glibc

/// What an action that lists asks for.
struct FileListing: Sendable {
  let isRecursive: Bool
  let pattern: GlobPattern?
  /// How many files are left out at the beginning, and how many are listed.
  let start: Int
  let limit: Int
}

extension LocalFolder {
  /// The regular files of a folder: first its own, then those of the folders in it, level by level, each folder's by
  /// their names. Links are not listed, nor are files that are being written.
  func list(
    _ names: [[UInt8]], _ listing: FileListing, unless abandonment: Abandonment
  ) throws(FileFault) -> Value {
    let tree = try tree()
    var folders = [names]
    var (items, offset): ([Value], Int) = ([], 0)
    var next = 0
    while next < folders.count {
      let folder = folders[next]
      next += 1
      guard !abandonment.isDone else { break }
      let content: FolderContent
      do throws(FileFault) {
        content = try FolderContent(of: try tree.entry(folder), isWalked: listing.isRecursive)
      } catch {
        // One that is gone, or must not be read, is passed over.
        if listing.isRecursive, error == .system(ENOENT) || error == .system(EACCES) { continue }
        throw error
      }
      for (name, status) in content.files {
        let path = folder + [name]
        let text = path.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
        if let pattern = listing.pattern, !pattern.matches(text) { continue }
        if offset >= listing.start {
          items.append(item(path, text, status))
          if items.count >= listing.limit { return result(items, nextToken: .text(String(offset + 1))) }
        }
        offset += 1
      }
      if listing.isRecursive { folders += content.folders.map { folder + [$0] } }
    }
    return result(items, nextToken: .null)
  }

  private func item(_ names: [[UInt8]], _ path: String, _ status: stat) -> Value {
    .object([
      "path": .text(path), "url": .text(base.url(names)), "size": .integer(Int(status.st_size)),
      "content_type": types.type(of: path).map(Value.text) ?? .null, "modified_at": .text(status.st_mtim.isoText),
    ])
  }

  private func result(_ items: [Value], nextToken: Value) -> Value {
    .object(["items": .list(items), "count": .integer(items.count), "next_token": nextToken])
  }
}

/// The names in one folder, in order.
private struct FolderContent {
  private(set) var files: [(name: [UInt8], status: stat)] = []
  private(set) var folders: [[UInt8]] = []

  init(of entry: FolderTree.Entry, isWalked: Bool) throws(FileFault) {
    guard entry.isFolder else { throw .noFolder }
    let opened = openat(entry.descriptor.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw .last }
    guard let directory = fdopendir(opened) else {
      close(opened)
      throw .last
    }
    defer { closedir(directory) }
    while let found = readdir(directory) {
      let name = withUnsafeBytes(of: found.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name == [UInt8(ascii: ".")] || name == Array("..".utf8) || name.starts(with: NewFile.prefix) { continue }
      var status = stat()
      // It may be gone since.
      guard withCString(name, { fstatat(opened, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFREG: files.append((name, status))
      case S_IFDIR where isWalked: folders.append(name)
      default: continue
      }
    }
    files.sort { $0.name.lexicographicallyPrecedes($1.name) }
    folders.sort { $0.lexicographicallyPrecedes($1) }
  }
}
