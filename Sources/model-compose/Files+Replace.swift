import Glibc

extension Files {
  /// Gives a file other bytes, all at once: readers see the old ones or the new ones, and a crash loses neither.
  ///
  /// The bytes go to a new file beside it, which then takes its name, with its permissions and, where that is allowed,
  /// its owner. A symbolic link stays, and its target is replaced.
  ///
  /// - Parameter old: what was read before. A file that holds something else by now is left alone.
  static func replace(_ path: String, _ old: [UInt8], with new: [UInt8]) throws(FileProblem) {
    var info = stat()
    guard stat(path, &info) == 0 else { throw FileProblem(openProblem(path, errno)) }
    guard info.st_mode & S_IFMT == S_IFREG else {
      throw FileProblem("'\(path)' cannot be changed: it is not a regular file")
    }
    guard let target = realPath(path) else { throw FileProblem(openProblem(path, errno)) }
    // The directory decides about the new name; the file's own permission counts all the same.
    guard access(target, W_OK) == 0 else { throw FileProblem("'\(path)' cannot be written: \(reason(errno))") }
    let temporary = try write(new, beside: target, like: info, path)
    do throws(FileProblem) {
      guard try read(target) == old else {
        throw FileProblem("'\(path)' has changed since it was read: it is left as it is", help: "run the command again")
      }
      guard rename(temporary, target) == 0 else {
        throw FileProblem("'\(path)' cannot be written: \(reason(errno))")
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// The path without symbolic links; `nil` when there is no such file.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
  }

  /// - Returns: the path of the new file, which is complete and on the disk.
  private static func write(
    _ bytes: [UInt8], beside target: String, like info: stat, _ path: String
  ) throws(FileProblem) -> String {
    let slash = target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex
    var template = Array("\(target[..<slash]).\(target[slash...]).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw FileProblem("'\(path)' cannot be written: \(reason(errno)) (a new file is made beside it)")
    }
    let temporary = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // A user who may not give the file away keeps it; the change of owner takes some permissions, so they come second.
    _ = fchown(descriptor, info.st_uid, info.st_gid)
    let isWritten =
      fchmod(descriptor, info.st_mode & 0o7777) == 0 && Terminal.write(bytes, to: descriptor) && fsync(descriptor) == 0
    let code = errno
    guard close(descriptor) == 0, isWritten else {
      unlink(temporary)
      throw FileProblem("'\(path)' cannot be written: \(reason(code))")
    }
    return temporary
  }
}
