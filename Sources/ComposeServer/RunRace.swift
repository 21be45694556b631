import ComposeRuntime

/// Lets work go on only as long as there is somebody to work for.
struct RunRace: Sendable {
  enum Outcome<Success: Sendable>: Sendable {
    case finished(Success)
    case failed(RuntimeError)
    /// The service ends.
    case stopped
    /// The client has left.
    case left
  }

  let closed: Latch
  let cancelling: Latch

  /// The operation's result, unless the client leaves or the service ends before; then the operation is cancelled.
  ///
  /// - Parameters:
  ///   - discard: gets a result that came too late.
  ///   - abandon: called before the operation is cancelled, for what does not end by cancellation alone.
  func result<Success: Sendable>(
    _ operation: @escaping @Sendable () async throws(RuntimeError) -> Success,
    discard: (Success) -> Void = { _ in },
    abandon: () -> Void = {}
  ) async -> Outcome<Success> {
    await withTaskGroup(of: Outcome<Success>.self) { group in
      group.addTask {
        do throws(RuntimeError) {
          return .finished(try await operation())
        } catch {
          return .failed(error)
        }
      }
      group.addTask {
        await closed.wait()
        return .left
      }
      group.addTask {
        await cancelling.wait()
        return cancelling.isOpen ? .stopped : .left
      }
      let outcome = await group.next() ?? .left
      switch outcome {
      case .finished, .failed: break
      case .stopped, .left: abandon()
      }
      group.cancelAll()
      for await late in group {
        if case .finished(let result) = late { discard(result) }
      }
      return outcome
    }
  }
}
