extension Value {
  /// The same value; of a stream or a resource with the errors of reading it changed.
  ///
  /// - Throws: a `value` error when the stream is read already.
  package func mappingErrors(
    _ change: @escaping @Sendable (RuntimeError) -> RuntimeError
  ) throws(RuntimeError) -> Value {
    switch self {
    case .stream(let stream): .stream(try stream.mappingErrors(change))
    case .resource(let resource): .resource(resource.mappingErrors(change))
    default: self
    }
  }
}

extension Resource {
  /// The same resource with the errors of reading changed, for what an outer part knows about them.
  package func mappingErrors(_ change: @escaping @Sendable (RuntimeError) -> RuntimeError) -> Resource {
    Resource(
      kind, source: ErrorMappingSource(source: source, change: change), contentType: contentType, filename: filename,
      format: format, attributes: attributes)
  }
}

private struct ErrorMappingSource: ResourceSource {
  let source: any ResourceSource
  let change: @Sendable (RuntimeError) -> RuntimeError

  var contentType: String? { source.contentType }

  var isRepeatable: Bool { source.isRepeatable }

  func open() async throws(RuntimeError) -> ResourceReader {
    let reader: ResourceReader
    do throws(RuntimeError) {
      reader = try await source.open()
    } catch {
      throw change(error)
    }
    let change = change
    return ResourceReader(
      contentType: reader.contentType, filename: reader.filename,
      next: { () async throws(RuntimeError) in
        do throws(RuntimeError) {
          return try await reader.next()
        } catch {
          throw change(error)
        }
      },
      cancel: { reader.cancel() })
  }
}
