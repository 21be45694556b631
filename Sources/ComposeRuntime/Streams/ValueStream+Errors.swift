extension ValueStream {
  /// The same stream with its errors changed, for what an outer part knows about them.
  package func mappingErrors(_ change: @escaping @Sendable (RuntimeError) -> RuntimeError) throws(RuntimeError)
    -> ValueStream
  {
    try take()
    return ValueStream(
      form,
      next: { () async throws(RuntimeError) in
        do throws(RuntimeError) {
          return try await self.next()
        } catch {
          throw change(error)
        }
      },
      cancel: { self.cancel() })
  }

  /// The same chunks under another form.
  ///
  /// - Throws: a `value` error when somebody else reads the stream already.
  func claimed(as form: Form) throws(RuntimeError) -> ValueStream {
    try take()
    return ValueStream(
      form, next: { () async throws(RuntimeError) in try await self.next() }, cancel: { self.cancel() })
  }
}
