import ComposeBasic
import Glibc

/// Where a service writes what it says about itself: a file for each project, in a folder beside the place where the
/// command is run.
///
/// A project is its compose files: the same ones, however they are named, are the same project.
struct InstancePlace: Hashable, Sendable {
  static let folder = ".model-compose"

  let pidFile: String
  let logFile: String
  /// Whether the command names the pid file, so that it must be possible to write it.
  let isChosen: Bool

  init(_ project: ProjectOptions, pidFile: String?, logFile: String? = nil) {
    let name = Self.name(project.files)
    isChosen = pidFile != nil
    self.pidFile = pidFile ?? "\(Self.folder)/\(name).pid"
    self.logFile = logFile ?? "\(Self.folder)/\(name).log"
  }

  /// Held by the service as long as it lives. The pid file cannot be: it is replaced whenever something changes.
  var lockFile: String { pidFile + ".lock" }

  /// Refuses a pid file that the command names and that is a file of something else, which would be lost: names are
  /// mistyped.
  ///
  /// - Throws: ``ExitStatus`` after it was told.
  func refuseOtherFiles() throws {
    guard isChosen else { return }
    let other = Self.isForeign(pidFile) { InstanceRecord(json: $0) != nil } ? pidFile : lockFile
    guard other == pidFile || Self.isForeign(lockFile, unless: \.isEmpty) else { return }
    Terminal.complain("'\(other)' is there and is no pid file of a service", help: "name another file with --pid-file")
    throw ExitStatus.usage
  }

  private static func isForeign(_ path: String, unless isOurs: ([UInt8]) -> Bool) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    guard status.st_mode & S_IFMT == S_IFREG else { return true }
    // What cannot be read is another user's service, perhaps.
    guard let bytes = try? Files.read(path) else { return false }
    return !isOurs(bytes)
  }

  /// `up` for the files that are read when none is named, and a name of its own for each other project.
  private static func name(_ files: [String]) -> String {
    let paths = files.map(absolutePath)
    if paths.isEmpty || paths.count == 1 && Files.composeFileNames.map(absolutePath).contains(paths[0]) { return "up" }
    var hash = SHA256()
    for path in paths {
      hash.update(path)
      hash.update("\0")
    }
    return "up-" + hash.digest().hexadecimal.prefix(12)
  }

  /// The path without symbolic links where there is something.
  static func absolutePath(_ path: String) -> String {
    if let real = Files.realPath(path) { return real }
    return path.hasPrefix("/") ? path : (Files.realPath(".") ?? "") + "/" + path
  }

  /// Makes the folder, where it is ours.
  ///
  /// - Parameter isKept: whether files stay there when the service has ended. They are no part of anybody's repository.
  func makeFolder(isKept: Bool) {
    guard [pidFile, logFile].contains(where: { $0.hasPrefix(Self.folder + "/") }) else { return }
    _ = mkdir(Self.folder, 0o700)
    let ignore = Self.folder + "/.gitignore"
    guard isKept, !Files.exists(ignore), let descriptor = try? Files.create(ignore) else { return }
    Terminal.write(Array("*\n".utf8), to: descriptor)
    close(descriptor)
  }

  /// Removes the folder when nothing is left in it.
  func removeFolder() { _ = rmdir(Self.folder) }
}
