import ComposeRuntime

/// What is written into a file: the bytes of a value as they come, and what the value says of their type.
struct SourceBytes {
  let contentType: String
  let reader: ResourceReader

  /// Opens the value: text as UTF-8, bytes, a resource, or a stream of texts and bytes.
  ///
  /// - Throws: a `value` error that goes on after the name of a field, for any other value; why it cannot be read.
  init(_ value: Value) async throws(RuntimeError) {
    switch value {
    case .null: throw .wrongKind("must not be null: there is nothing to write")
    case .text(let text):
      contentType = "text/plain; charset=utf-8"
      reader = ResourceReader(Array(text.utf8))
    case .bytes(let bytes):
      contentType = Resource.unknownContentType
      reader = ResourceReader(bytes)
    case .resource(let resource):
      reader = try await resource.open()
      contentType = reader.contentType ?? resource.contentType
    case .stream(let stream):
      try stream.take()
      contentType = Resource.unknownContentType
      reader = ResourceReader(
        next: { () async throws(RuntimeError) in
          guard let chunk = try await stream.next() else { return nil }
          do throws(RuntimeError) {
            return try chunk.fileBytes
          } catch {
            stream.cancel()
            throw error
          }
        },
        cancel: { stream.cancel() })
    default: throw .wrongKind("must be text, bytes, a file or a stream of them, not \(value.kindName)")
    }
  }
}

extension Value {
  fileprivate var fileBytes: [UInt8] {
    get throws(RuntimeError) {
      switch self {
      case .null: return []
      case .text(let text): return Array(text.utf8)
      case .bytes(let bytes): return bytes
      default: throw .wrongKind("\(kindName) in a stream cannot be written into a file; encode the stream as text")
      }
    }
  }
}
