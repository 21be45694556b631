extension Value {
  /// The same value; a stream at its top fails when the deadline is over before its end.
  ///
  /// - Throws: a `value` error when somebody else reads the stream already.
  func limited(by deadline: Deadline?, on clock: any RunClock) throws(RuntimeError) -> Value {
    guard let deadline, case .stream(let stream) = self else { return self }
    try stream.take()
    return .stream(
      ValueStream(
        stream.form,
        next: { () async throws(RuntimeError) in
          do throws(RuntimeError) {
            return try await run(within: deadline, on: clock, discard: { (_: Value?) in }) {
              () async throws(RuntimeError) in try await stream.next()
            }
          } catch {
            stream.cancel()
            throw error
          }
        },
        cancel: { stream.cancel() }))
  }
}
