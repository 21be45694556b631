import Glibc
import Synchronization

/// The mark that this process serves a project: its pid file, and a lock that no second one gets.
final class Instance: Sendable {
  enum Claim {
    case claimed(Instance)
    /// Another process serves the project.
    case taken
    /// The mark cannot be made; the reason in words.
    case impossible(String)
  }

  private struct State {
    /// `nil` when the mark is gone.
    var lock: InstanceLock?
    var record: InstanceRecord
  }

  private let place: InstancePlace
  private let state: Mutex<State>

  private init(_ place: InstancePlace, _ lock: InstanceLock, _ record: InstanceRecord) {
    self.place = place
    state = Mutex(State(lock: lock, record: record))
  }

  /// Marks the project as served by this process. What a process left that has died is replaced.
  static func claim(_ place: InstancePlace, _ record: InstanceRecord) -> Claim {
    place.makeFolder(isKept: false)
    do throws(InstanceLock.Failure) {
      let lock = try InstanceLock.take(place.lockFile)
      guard let reason = write(record, to: place.pidFile) else { return .claimed(Instance(place, lock, record)) }
      return .impossible(reason)
    } catch {
      switch error {
      case .taken: return .taken
      case .impossible(let reason): return .impossible(reason)
      }
    }
  }

  /// Says where the service listens.
  func becameReady(_ addresses: ServiceAddresses) {
    state.withLock { state in
      state.record.addresses = addresses
      _ = Self.write(state.record, to: place.pidFile)
    }
  }

  /// Takes the mark away. Safe to repeat.
  func release() {
    state.withLock { state in
      guard state.lock != nil else { return }
      unlink(place.pidFile)
      state.lock = nil
      place.removeFolder()
    }
  }

  /// Readers see the old file or the new one.
  ///
  /// - Returns: why it could not be written.
  private static func write(_ record: InstanceRecord, to path: String) -> String? {
    let temporary = "\(path).\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return Files.reason(errno) }
    let isWritten = Terminal.write(record.json, to: descriptor)
    let code = errno
    guard close(descriptor) == 0, isWritten, rename(temporary, path) == 0 else {
      let reason = Files.reason(isWritten ? errno : code)
      unlink(temporary)
      return reason
    }
    return nil
  }
}
