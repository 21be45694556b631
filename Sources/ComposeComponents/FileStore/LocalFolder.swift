import ComposeRuntime
import Glibc

/// A store whose files lie in a folder of this machine.
final class LocalFolder: Sendable {
  let base: StoreBase
  let types: ContentTypes
  /// For what keeps a thread waiting for long: until a disk has written, or over the folders of a tree.
  private let threads = WorkerThreads(limit: 4)

  init(_ base: StoreBase, types: ContentTypes = .ofThisMachine) {
    self.base = base
    self.types = types
  }

  func stop() { threads.stop() }

  /// Makes the folder; an existing one is fine.
  ///
  /// - Throws: why there is none.
  func make() throws(RuntimeError) {
    makeFolders(base.path)
    do throws(FileFault) { _ = try tree() } catch { throw error.error(base.path, "cannot be the folder of the store") }
  }

  func tree() throws(FileFault) -> FolderTree { try FolderTree(path: base.path) }

  // MARK: Actions

  /// Writes a file; an older one of that name is replaced when the new one is complete.
  func put(_ path: String, _ source: SourceBytes, contentType: String?) async throws(RuntimeError) -> Value {
    let failure: @Sendable (FileFault) -> RuntimeError = { $0.error(path, "cannot be written") }
    let (names, file): ([[UInt8]], NewFile)
    do throws(FileFault) {
      (names, file) = try newFile(path)
    } catch {
      source.reader.cancel()
      throw failure(error)
    }
    try await file.write(source.reader, failure: failure)
    let size = try await onThread(failure) { () throws(FileFault) in try file.place(as: names.last ?? []) }
    let type = contentType.flatMap { $0.isEmpty ? nil : $0 } ?? types.type(of: path) ?? source.contentType
    return .object([
      "path": .text(path), "url": .text(base.url(names)), "size": .integer(size), "content_type": .text(type),
    ])
  }

  /// What there is to say about a file, with the file itself, which is not open yet.
  func file(_ path: String) throws(RuntimeError) -> (about: OrderedObject, source: StoredFile) {
    do throws(FileFault) {
      let names = try base.names(of: path)
      let entry = try tree().entry(names)
      if entry.isFolder { throw .folder }
      guard entry.isFile else { throw .noFile }
      let type = types.type(of: path).map(Value.text) ?? .null
      return (
        [
          "path": .text(path), "url": .text(base.url(names)), "size": .integer(Int(entry.status.st_size)),
          "content_type": type, "modified_at": .text(entry.status.st_mtim.isoText),
        ],
        StoredFile(folder: self, path: path, names: names)
      )
    } catch {
      throw error.error(path, "cannot be read")
    }
  }

  /// Writes a file of the store to a path outside of it.
  ///
  /// - Parameter target: of a file, or of an existing folder, where it keeps its name.
  /// - Returns: the path of the file that was written.
  func save(_ source: StoredFile, to target: String) async throws(RuntimeError) -> String {
    let failure: @Sendable (FileFault) -> RuntimeError = { $0.error(target, "cannot be written") }
    let place: SavePlace
    let file: NewFile
    do throws(FileFault) {
      place = try SavePlace(target, nameOf: source.path)
      file = try NewFile(in: place.folder)
    } catch {
      throw failure(error)
    }
    try await file.write(try await source.open(), failure: failure)
    _ = try await onThread(failure) { () throws(FileFault) in try file.place(as: place.name, mode: place.mode) }
    return place.path
  }

  /// A file that is not there counts as deleted.
  func delete(_ path: String) throws(RuntimeError) -> Value {
    do throws(FileFault) {
      let names = try base.names(of: path)
      guard let name = names.last else { throw .folder }
      let parent = try tree().parent(of: names)
      if withCString(name, { unlinkat(parent.number, $0, 0) }) != 0 { throw .last }
    } catch {
      if !error.meansMissing { throw error.error(path, "cannot be deleted") }
    }
    return .object(["path": .text(path)])
  }

  func exists(_ path: String) throws(RuntimeError) -> Value {
    var exists = true
    do throws(FileFault) {
      _ = try tree().entry(try base.names(of: path))
    } catch {
      guard error != .outside else { throw error.error(path, "cannot be looked for") }
      exists = false
    }
    return .object(["path": .text(path), "exists": .boolean(exists)])
  }

  func list(_ path: String, _ listing: FileListing) async throws(RuntimeError) -> Value {
    let abandonment = Abandonment()
    return try await withTaskCancellationHandler { () async -> Result<Value, RuntimeError> in
      do throws(RuntimeError) {
        let value = try await onThread({ $0.error(path, "cannot be listed") }) { () throws(FileFault) in
          try self.list(try self.base.names(of: path), listing, unless: abandonment)
        }
        return abandonment.isDone ? .failure(.cancelled) : .success(value)
      } catch {
        return .failure(error)
      }
    } onCancel: {
      abandonment.set()
    }.get()
  }

  // MARK: Parts

  private func newFile(_ path: String) throws(FileFault) -> (names: [[UInt8]], file: NewFile) {
    let names = try base.names(of: path)
    guard let name = names.last else { throw .folder }
    let parent = try treeMakingFolder().parent(of: names, makingFolders: true)
    var status = stat()
    if withCString(name, { fstatat(parent.number, $0, &status, 0) }) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw .folder
    }
    return (names, try NewFile(in: parent))
  }

  /// Somebody may have taken the folder away since the start.
  private func treeMakingFolder() throws(FileFault) -> FolderTree {
    if let tree = try? tree() { return tree }
    makeFolders(base.path)
    return try tree()
  }

  private func onThread<Output: Sendable>(
    _ failure: @escaping @Sendable (FileFault) -> RuntimeError,
    _ body: @escaping @Sendable () throws(FileFault) -> Output
  ) async throws(RuntimeError) -> Output {
    try await threads.run { () -> Result<Output, RuntimeError> in
      do throws(FileFault) { return .success(try body()) } catch { return .failure(failure(error)) }
    }.get()
  }
}

/// Where a file of the store is saved.
private struct SavePlace: Sendable {
  let path: String
  let folder: Descriptor
  let name: [UInt8]
  /// The permissions of the file that is replaced.
  let mode: mode_t?

  init(_ target: String, nameOf source: String) throws(FileFault) {
    if target.utf8.contains(0) { throw .nul }
    var status = stat()
    var path = target
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      path = StoreBase.joined(path, String(source.split(separator: "/", omittingEmptySubsequences: false).last ?? ""))
    }
    self.path = path
    var final = path
    if stat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR { throw .folder }
      guard status.st_mode & S_IFMT == S_IFREG else { throw .noFile }
      mode = status.st_mode & 0o7777
      // A link stays one: what it leads to is replaced.
      if let real = realpath(path, nil) {
        final = String(cString: real)
        free(real)
      }
    } else {
      mode = nil
    }
    let parts = final.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    name = Array(parts.last ?? Substring().utf8)
    let parent = String(decoding: final.utf8.dropLast(name.count), as: UTF8.self)
    if name.isEmpty { throw .folder }
    if !parent.isEmpty { makeFolders(parent) }
    folder = try openedFolder(parent.isEmpty ? "." : parent)
  }
}

extension FileFault {
  /// Whether there is nothing of that name.
  fileprivate var meansMissing: Bool {
    switch self {
    case .system(ENOENT), .system(ENOTDIR), .system(ENAMETOOLONG), .nul: true
    default: false
    }
  }
}
