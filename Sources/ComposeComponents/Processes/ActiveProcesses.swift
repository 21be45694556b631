import ComposeProcess
import Synchronization

/// Programs that go on behind the call that started them, to be ended with their component.
final class ActiveProcesses: Sendable {
  private struct State {
    var processes: [Int32: RunningProcess] = [:]
    var isStopped = false
  }

  private let state = Mutex(State())

  /// Returns false when the component is stopped already.
  func insert(_ process: RunningProcess) -> Bool {
    state.withLock { state in
      guard !state.isStopped else { return false }
      state.processes[process.id] = process
      return true
    }
  }

  func remove(_ process: RunningProcess) {
    // The last reference must not end within the lock.
    let removed = state.withLock { $0.processes.removeValue(forKey: process.id) }
    withExtendedLifetime(removed) {}
  }

  /// Ends all, and waits for that.
  func stop() async {
    let processes = state.withLock { state in
      state.isStopped = true
      defer { state.processes = [:] }
      return Array(state.processes.values)
    }
    await withDiscardingTaskGroup { group in
      for process in processes { group.addTask { await process.stop(grace: ProcessServices.grace) } }
    }
  }
}
