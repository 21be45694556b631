/// What a job walks over, item by item: `for-each`, `filter`, `accumulate` and `fan-out`.
///
/// | value | items |
/// |---|---|
/// | null | one, which is null |
/// | boolean, number, text (also empty), bytes, object (also empty) | one: the value itself |
/// | resource | one: the resource, unread |
/// | list | its elements, nulls included; none of an empty list |
/// | stream of chunks, fragmented | its chunks without nulls |
/// | any other stream of chunks, bare stream | its chunks, nulls included |
/// | encoded stream | its texts, as clients would get them |
package struct Items: Sendable {
  private enum Content: Sendable {
    case one(Value?)
    case list([Value])
    case stream(ValueStream)
  }

  private var content: Content
  /// Elements of a list that are taken out already.
  private var taken = 0

  /// Claims the value if it is a stream.
  ///
  /// - Throws: a `value` error when somebody else reads the stream already.
  package init(_ value: Value) throws(RuntimeError) {
    switch value {
    case .list(let list): content = .list(list)
    case .stream(let stream):
      try stream.take()
      content = .stream(stream)
    default: content = .one(value)
    }
  }

  /// The next item, or `nil` behind the last.
  package mutating func next() async throws(RuntimeError) -> Value? {
    switch content {
    case .one(let value):
      content = .one(nil)
      return value
    case .list(let list):
      guard taken < list.count else { return nil }
      defer { taken += 1 }
      return list[taken]
    case .stream(let stream): return try await stream.nextItem()
    }
  }

  /// The stream that is walked over.
  var source: ValueStream? {
    if case .stream(let stream) = content { stream } else { nil }
  }

  /// The items as a stream, which is to be asked for once.
  var stream: ValueStream {
    ValueStream(
      source?.form.ofItems ?? .bare, from: source.map { [$0] } ?? [], initially: self,
      next: { (items) async throws(RuntimeError) in try await items.next() })
  }
}
