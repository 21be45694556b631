extension Value {
  /// The same value; a slot is given back when it is a stream that has ended, failed, was cancelled or dropped, and at
  /// once when it is none.
  ///
  /// - Throws: a `value` error when the stream is read already.
  package func holding(_ slot: Limiter.Slot) throws(RuntimeError) -> Value {
    guard case .stream(let stream) = self else {
      slot.release()
      return self
    }
    try stream.take()
    return .stream(
      ValueStream(
        stream.form,
        next: { () async throws(RuntimeError) in
          do throws(RuntimeError) {
            if let chunk = try await stream.next() { return chunk }
          } catch {
            slot.release()
            throw error
          }
          slot.release()
          return nil
        },
        ready: { stream.takeReady() },
        cancel: {
          stream.cancel()
          slot.release()
        }))
  }
}
