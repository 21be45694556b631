import ComposeRuntime

/// What `put` writes: a value for one path, and one for each of several.
struct PutSource: Sendable {
  private enum Content: Sendable {
    /// The same for every path.
    case one(Value)
    case list([Value])
    case stream(ValueStream)
  }

  private let content: Content
  private let fields: ActionFields

  /// - Throws: a `value` error when there are not as many values as paths; when somebody else reads the stream already.
  init(_ value: Value, for path: Value, _ fields: ActionFields) throws(RuntimeError) {
    self.fields = fields
    switch (path, value) {
    case (.list(let paths), .list(let values)):
      guard paths.count == values.count else {
        throw fields.failure("source", "has \(values.count) values for \(paths.count) paths")
      }
      content = .list(values)
    case (.stream, .list(let values)): content = .list(values)
    case (.list, .stream(let stream)), (.stream, .stream(let stream)):
      try stream.take()
      content = .stream(stream)
    case (.list, _), (.stream, _): content = .one(try value.keepingBytes())
    default: content = .one(value)
    }
  }

  var isStreamed: Bool {
    if case .stream = content { true } else { false }
  }

  /// Values of a stream are to be asked for in order.
  func value(at index: Int) async throws(RuntimeError) -> Value {
    switch content {
    case .one(let value): return value
    case .list(let values):
      guard index < values.count else { throw fields.failure("source", "has fewer values than there are paths") }
      return values[index]
    case .stream(let stream):
      guard let value = try await stream.next() else {
        throw fields.failure("source", "has fewer values than there are paths")
      }
      return value
    }
  }

  /// There must be no value left when there is no path any more.
  func end() async throws(RuntimeError) {
    guard case .stream(let stream) = content, try await stream.next() != nil else { return }
    stream.cancel()
    throw fields.failure("source", "has more values than there are paths")
  }

  func cancel() {
    if case .stream(let stream) = content { stream.cancel() }
  }
}
