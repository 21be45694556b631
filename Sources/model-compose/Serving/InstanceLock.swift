import Glibc

/// A lock on a file that one process at a time holds. It ends with the process, however that ends (flock(2)).
final class InstanceLock: Sendable {
  enum Failure: Error {
    /// Another process holds it.
    case taken
    /// Why there can be none, in words.
    case impossible(String)
  }

  private let path: String
  private let descriptor: Int32

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  /// Takes the lock, and makes its file.
  static func take(_ path: String) throws(Failure) -> InstanceLock {
    // Somebody who only looks holds it for a moment, too.
    var looks = 0
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else { throw .impossible(Files.reason(errno)) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        close(descriptor)
        guard code == EINTR || code == EWOULDBLOCK else { throw .impossible(Files.reason(code)) }
        looks += 1
        if looks > 10 { throw .taken }
        usleep(10_000)
        continue
      }
      // Its last holder may have removed the file between the two calls; then somebody else may hold the new one.
      if isFile(descriptor, at: path) { return InstanceLock(path: path, descriptor: descriptor) }
      close(descriptor)
    }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }

  /// Whether a process holds the lock. Nothing is made or changed.
  static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    // Closing it lets go again.
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  private static func isFile(_ descriptor: Int32, at path: String) -> Bool {
    var held = stat()
    var there = stat()
    guard fstat(descriptor, &held) == 0, stat(path, &there) == 0 else { return false }
    return held.st_dev == there.st_dev && held.st_ino == there.st_ino
  }
}
