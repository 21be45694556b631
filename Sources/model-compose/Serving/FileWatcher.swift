import Glibc
import Synchronization

/// Tells when one of some files has changed, however that is done: written in place, replaced by another file, or reached
/// through another link.
///
/// The folders are watched rather than the files, because an editor that replaces a file leaves nothing to watch of it.
/// What inotify(7) cannot see, such as changes on other machines, is found by a look at the files now and then.
final class FileWatcher: Sendable {
  /// One element after each change, when nothing has changed any more for a moment. It ends with ``stop()``.
  let changes: AsyncStream<Void>

  private let continuation: AsyncStream<Void>.Continuation
  private let paths: [String]
  private let first: [FileStamp?]
  private let notifications: Int32
  /// A pipe whose writer is closed when the watch ends.
  private let end: (reader: Int32, writer: Int32)
  private let isStopped = Mutex(false)

  /// How long nothing may change until that counts as done, in milliseconds.
  private static let quietTime: Int32 = 100
  /// How often the files are looked at without a notification, in milliseconds.
  private static let lookInterval: Int32 = 2_000

  /// Watches from now on.
  ///
  /// - Throws: ``FileProblem`` when the system watches no more files.
  init(_ paths: [String]) throws(FileProblem) {
    (changes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    self.paths = paths
    first = paths.map(FileStamp.init)
    notifications = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    guard notifications >= 0 else {
      end = (-1, -1)
      throw FileProblem("the files cannot be watched: \(Files.reason(errno))")
    }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      end = (-1, -1)
      close(notifications)
      throw FileProblem("the files cannot be watched: \(Files.reason(errno))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    end = (ends[0], ends[1])
    addWatches()
    Task { await onOwnThread { self.run() } }
  }

  /// Ends the watch. Safe to repeat.
  func stop() {
    isStopped.withLock { isStopped in
      if !isStopped { close(end.writer) }
      isStopped = true
    }
  }

  /// Watches the folders of the files and of what they link to. A folder that is watched already stays so.
  private func addWatches() {
    let events = UInt32(IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)
    for path in paths {
      for path in [path, Files.realPath(path)].compactMap(\.self) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        _ = inotify_add_watch(notifications, folder, events)
      }
    }
  }

  // MARK: The thread

  private func run() {
    var known = first
    var isChanging = false
    while wait(atMost: isChanging ? Self.quietTime : Self.lookInterval) {
      addWatches()
      let stamps = paths.map(FileStamp.init)
      if stamps != known {
        known = stamps
        isChanging = true
      } else if isChanging {
        isChanging = false
        continuation.yield()
      }
    }
    continuation.finish()
    close(end.reader)
    close(notifications)
  }

  /// Waits for a notification, at most so many milliseconds.
  ///
  /// - Returns: whether the watch goes on.
  private func wait(atMost time: Int32) -> Bool {
    var polled = [pollfd(fd: end.reader, events: Int16(POLLIN), revents: 0)]
    polled.append(pollfd(fd: notifications, events: Int16(POLLIN), revents: 0))
    if poll(&polled, 2, time) < 0 { return errno == EINTR }
    if polled[0].revents != 0 { return false }
    // What has changed is found out by looking; a notification only says when to look.
    var bytes = [UInt8](repeating: 0, count: 4096)
    while read(notifications, &bytes, bytes.count) > 0 {}
    return true
  }
}

/// What tells one content of a file from another without reading it.
private struct FileStamp: Equatable {
  private let device: UInt
  private let number: UInt
  private let size: Int
  private let modified: [Int]

  /// - Returns: `nil` when there is no such file.
  init?(_ path: String) {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    device = UInt(info.st_dev)
    number = UInt(info.st_ino)
    size = Int(info.st_size)
    modified = [info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_ctim.tv_sec, info.st_ctim.tv_nsec]
  }
}
