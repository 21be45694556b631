import ComposeBasic
import ComposePlan
import ComposeRuntime
import Glibc
import Hummingbird

/// Serves folders of this machine, read-only. Nothing outside of them, no names that begin with a point, and no lists
/// of what is in a folder.
struct StaticFiles: Sendable {
  /// A mount whose folder has been found.
  private struct Folder: Sendable {
    let mount: StaticMount
    /// Absolute and without links.
    let path: String

    func holds(_ path: String) -> Bool { path == mount.path || path.hasPrefix(mount.path + "/") }
  }

  private let folders: [Folder]

  /// - Parameter basePath: where the API is, which a mount may not hide behind.
  /// - Throws: why a folder cannot be served.
  init(_ mounts: [StaticMount], besides basePath: String? = nil) throws(ServerError) {
    var folders: [Folder] = []
    for mount in mounts {
      if let basePath, !basePath.isEmpty, mount.path == basePath || mount.path.hasPrefix(basePath + "/") {
        throw .cannotServe(mount.folder, at: mount.path, "the API is at \(basePath)")
      }
      folders.append(Folder(mount: mount, path: try Self.folder(of: mount)))
    }
    self.folders = folders
  }

  private static func folder(of mount: StaticMount) throws(ServerError) -> String {
    guard let resolved = realpath(mount.folder, nil) else {
      throw .cannotServe(mount.folder, at: mount.path, FileFault.last.reason)
    }
    defer { free(resolved) }
    let path = String(cString: resolved)
    do throws(FileFault) {
      let tree = try FolderTree(path: path)
      if case .everywhere(let index) = mount.index, try !tree.entry(Array(index.utf8).parts).isFile {
        throw .noFile
      }
    } catch {
      let reason = if case .everywhere(let index) = mount.index { "'\(index)': \(error.reason)" } else { error.reason }
      throw .cannotServe(mount.folder, at: mount.path, reason)
    }
    return path
  }

  /// The answer to a request; `nil` when the path is in no mount.
  ///
  /// - Parameter path: as it was sent, percent-encoded, without the query.
  func response(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields) -> Response? {
    guard let path = percentDecoded(path[...]), let folder = folders.first(where: { $0.holds(path) }) else {
      return nil
    }
    guard method == .get || method == .head else { return ErrorAnswer.wrongMethod(allowed: "GET, HEAD").response }
    let prefix = folder.mount.path
    // Links in a page count from the folder it is in.
    guard path != prefix else { return Self.redirect(to: prefix + "/") }
    let names = Array(path.dropFirst(prefix.count).utf8).parts
    do throws(FileFault) {
      return try Self.response(to: names, endsInSlash: path.last == "/", in: folder, headers)
    } catch {
      switch error {
      case .system(EMFILE), .system(ENFILE), .system(EIO):
        return ErrorAnswer(.serviceUnavailable, "internal", "The file cannot be read now: \(error.reason).").response
      // Why something is not shown is nobody's business.
      default: return ErrorAnswer.notFound.response
      }
    }
  }

  private static func response(
    to names: [[UInt8]], endsInSlash: Bool, in folder: Folder, _ headers: HTTPFields
  ) throws(FileFault) -> Response {
    let tree = try FolderTree(path: folder.path)
    if let entry = try found(names, in: tree) {
      if entry.isFile { return try file(entry, names.last ?? [], headers) }
      if entry.isFolder, folder.mount.index == .pages,
        let page = try found(names + [Array("index.html".utf8)], in: tree),
        page.isFile
      {
        let encoded = names.map {
          URLEncoding.encode(String(decoding: $0, as: UTF8.self), keeping: URLEncoding.unreserved) + "/"
        }.joined()
        guard endsInSlash else { return redirect(to: "\(folder.mount.path)/\(encoded)") }
        return try file(page, Array("index.html".utf8), headers)
      }
    }
    switch folder.mount.index {
    case .none: return ErrorAnswer.notFound.response
    case .everywhere(let index):
      let names = Array(index.utf8).parts
      guard let entry = try found(names, in: tree), entry.isFile else { return ErrorAnswer.notFound.response }
      return try file(entry, names.last ?? [], headers)
    case .pages:
      let name = Array("404.html".utf8)
      guard let entry = try found([name], in: tree), entry.isFile else { return ErrorAnswer.notFound.response }
      return try file(entry, name, headers, status: .notFound)
    }
  }

  /// What is at a path; `nil` for what is not there or is not shown.
  private static func found(_ names: [[UInt8]], in tree: FolderTree) throws(FileFault) -> FolderTree.Entry? {
    guard !names.contains(where: { $0.first == UInt8(ascii: ".") || $0.contains(0) }) else { return nil }
    do throws(FileFault) {
      return try tree.entry(names)
    } catch {
      switch error {
      case .system(ENOENT), .system(ENOTDIR), .system(ENAMETOOLONG), .system(EACCES), .system(ELOOP), .outside:
        return nil
      default: throw error
      }
    }
  }

  private static func file(
    _ entry: FolderTree.Entry, _ name: [UInt8], _ headers: HTTPFields, status: HTTPResponse.Status = .ok
  ) throws(FileFault) -> Response {
    let descriptor = try entry.opened()
    guard let version = descriptor.version else { throw .last }
    // What has no known ending is text in the reference, too; it is not taken for a page.
    let type = ContentTypes.ofThisMachine.type(of: String(decoding: name, as: UTF8.self)) ?? "text/plain"
    let contentType = type.hasPrefix("text/") ? type + "; charset=utf-8" : type
    return StaticFile(descriptor, version, contentType: contentType).response(to: headers, status: status)
  }

  private static func redirect(to path: String) -> Response {
    Response(status: .temporaryRedirect, headers: [.location: path])
  }
}
