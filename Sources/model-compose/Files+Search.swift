import Glibc

extension Files {
  /// What a search found, and the directories that could not be searched.
  struct SearchResult {
    /// In order of their paths.
    var files: [String] = []
    var problems: [FileProblem] = []
  }

  /// The names that a compose file has when nobody gives it another one.
  static let composeFileNames = ["model-compose.yml", "model-compose.yaml"]

  /// Looks for compose files in a directory and below.
  ///
  /// Hidden directories and `node_modules` are passed over. Symbolic links to directories are not followed, so that no
  /// circle can be entered; one to a file is. A directory that cannot be read does not end the search.
  static func composeFiles(in directory: String) -> SearchResult {
    var result = SearchResult()
    // Searched next from the end; the path with a slash behind it, and empty for the working directory.
    var waiting = [directory == "." ? "" : directory.hasSuffix("/") ? directory : directory + "/"]
    while let folder = waiting.popLast() {
      let entries: [DirectoryEntry]
      do throws(FileProblem) {
        entries = try directoryEntries(folder)
      } catch {
        result.problems.append(error)
        continue
      }
      for entry in entries {
        if composeFileNames.contains(entry.name), entry.kind == .file { result.files.append(folder + entry.name) }
        guard entry.kind == .unnameable else { continue }
        result.problems.append(FileProblem("'\(folder)\(entry.name)' is passed over: its name is not UTF-8"))
      }
      let folders = entries.filter { $0.kind == .directory && !$0.name.hasPrefix(".") && $0.name != "node_modules" }
      waiting += folders.reversed().map { folder + $0.name + "/" }
    }
    return result
  }
}

/// One name in a directory.
private struct DirectoryEntry {
  enum Kind {
    case directory
    /// A file, a link to one, or a link that leads nowhere.
    case file
    /// A directory whose name cannot be told.
    case unnameable
    /// A pipe, a device, a socket, or a link to a directory: none of them is searched or read unasked.
    case other
  }

  let name: String
  let kind: Kind
}

/// What is in a directory, by name.
private func directoryEntries(_ folder: String) throws(FileProblem) -> [DirectoryEntry] {
  let path = folder.isEmpty ? "." : folder
  guard let handle = opendir(path) else { throw FileProblem(Files.openProblem(withoutSlash(path), errno)) }
  defer { closedir(handle) }
  var entries: [DirectoryEntry] = []
  while let entry = readdir(handle) {
    let isDirectory = entry.pointee.d_type == UInt8(DT_DIR)
    let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { pointer in
        (text: String(cString: pointer), isValid: String(validatingCString: pointer) != nil)
      }
    }
    if name.text == "." || name.text == ".." { continue }
    if !name.isValid {
      if isDirectory { entries.append(DirectoryEntry(name: name.text, kind: .unnameable)) }
      continue
    }
    entries.append(DirectoryEntry(name: name.text, kind: kind(of: folder + name.text)))
  }
  return entries.sorted { $0.name < $1.name }
}

private func kind(of path: String) -> DirectoryEntry.Kind {
  var own = stat()
  guard lstat(path, &own) == 0 else { return .other }
  switch own.st_mode & S_IFMT {
  case S_IFDIR: return .directory
  case S_IFREG: return .file
  case S_IFLNK:
    var target = stat()
    // A link that leads nowhere is taken for a file, so that reading it tells what is wrong.
    guard stat(path, &target) == 0 else { return .file }
    return target.st_mode & S_IFMT == S_IFREG ? .file : .other
  default: return .other
  }
}

private func withoutSlash(_ path: String) -> String {
  path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
}
