import ComposePlan
import ComposeRuntime

/// One call of an action of a file store: what it is to do with each of its paths.
struct FileStoreAction: Sendable {
  private let fields: ActionFields
  private let folder: LocalFolder

  /// What is done with one path, which is the value of `path` or one of its elements.
  private typealias Step = @Sendable (Value, Int) async throws(RuntimeError) -> Value

  init(_ fields: ActionFields, folder: LocalFolder) {
    self.fields = fields
    self.folder = folder
  }

  /// A path gives one result, a list of them a list, and a stream a stream of results.
  func result() async throws(RuntimeError) -> Value {
    let path = try await fields.value("path")
    let method = try await fields.text("method") ?? ""
    let source = method == "put" ? try PutSource(try await fields.value("source"), for: path, fields) : nil
    let batchSize = try await fields.integer("batch_size") ?? 1
    let step = try await step(method, source)
    switch path {
    case .list(let paths):
      // What comes in a stream comes in its order.
      let size = source?.isStreamed == true ? 1 : batchSize
      var batches = try BatchedItems(path, batchSize: size) { (path, index) async throws(RuntimeError) in
        try await step(path, index)
      }
      var results: [Value] = []
      results.reserveCapacity(paths.count)
      while let result = try await batches.next() {
        if Task.isCancelled { throw .cancelled }
        results.append(result)
      }
      try await source?.end()
      return try await fields.output(of: .list(results))
    case .stream:
      let size = source?.isStreamed == true ? 1 : batchSize
      let results = try BatchedItems(path, batchSize: size) { (path, index) async throws(RuntimeError) in
        try await step(path, index)
      }.stream
      return .stream(try outputs(of: results, source))
    default: return try await fields.output(of: try await step(path, 0))
    }
  }

  /// The output is made for each result.
  private func outputs(of results: ValueStream, _ source: PutSource?) throws(RuntimeError) -> ValueStream {
    try results.take()
    let fields = fields
    return ValueStream(
      .bare,
      next: { () async throws(RuntimeError) in
        guard let result = try await results.next() else {
          try await source?.end()
          return nil
        }
        guard let output = fields.invocation.output else { return result }
        var scope = fields.scope
        scope.chunks[fields.invocation.resultName] = result
        return try await Evaluator(scope).evaluate(output)
      },
      cancel: {
        results.cancel()
        source?.cancel()
      })
  }

  // MARK: Methods

  private func step(_ method: String, _ source: PutSource?) async throws(RuntimeError) -> Step {
    let (fields, folder) = (fields, folder)
    switch method {
    case "put":
      let contentType = try await fields.text("content_type")
      // Only stores in the cloud keep them, but they are made all the same: they may be wrong.
      _ = try await fields.value("metadata")
      try await checkSize("multipart_threshold")
      try await checkSize("chunk_size")
      return { (path, index) async throws(RuntimeError) in
        let path = try Self.text(path, fields)
        let value = try await source?.value(at: index) ?? .null
        let bytes: SourceBytes
        do throws(RuntimeError) {
          bytes = try await SourceBytes(value)
        } catch {
          throw error.isKindMismatch ? fields.failure("source", error.message) : error
        }
        return try await folder.put(path, bytes, contentType: contentType)
      }
    case "get": return try await getStep()
    case "delete":
      return { (path, _) async throws(RuntimeError) in try folder.delete(try Self.text(path, fields)) }
    case "exists":
      return { (path, _) async throws(RuntimeError) in try folder.exists(try Self.text(path, fields)) }
    case "list":
      let listing = try await listing()
      return { (path, _) async throws(RuntimeError) in
        try await folder.list(path.isTruthy ? try Self.text(path, fields) : "", listing)
      }
    default: throw fields.failure("method", "must be put, get, delete, exists or list, not '\(method)'")
    }
  }

  private func getStep() async throws(RuntimeError) -> Step {
    let (fields, folder) = (fields, folder)
    let target = try await fields.text("save_to") ?? ""
    let isStreamed = try await fields.value("streaming").isTruthy
    try await checkSize("chunk_size")
    return { (path, _) async throws(RuntimeError) in
      let path = try Self.text(path, fields)
      var (about, source) = try folder.file(path)
      if !target.isEmpty {
        about["save_to"] = .text(try await folder.save(source, to: target))
      } else if isStreamed {
        var type: String?
        if case .text(let known) = about["content_type"] { type = known }
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init)
        about["content"] = .resource(Resource(.file, source: source, contentType: type, filename: name))
      } else {
        if case .integer(let size) = about["size"], size > Value.drainLimit {
          throw RuntimeError(
            .value,
            "'\(path)' has more than \(Value.drainLimit >> 20) MiB and is not read at once: "
              + "'streaming: true' or 'save_to' passes it on as it comes")
        }
        about["content"] = .bytes(try await source.bytes())
      }
      return .object(about)
    }
  }

  private func listing() async throws(RuntimeError) -> FileListing {
    let isRecursive = try await fields.value("recursive").isTruthy
    var pattern: GlobPattern?
    if let text = try await fields.text("pattern"), !text.isEmpty {
      pattern = GlobPattern(text)
      if pattern == nil { throw fields.failure("pattern", "names nothing") }
    }
    let limit = try await fields.integer("max_result_count") ?? .max
    guard limit >= 1 else { throw fields.failure("max_result_count", "must be at least 1") }
    let token = try await fields.value("next_token")
    let start = token.isTruthy ? try await fields.integer("next_token") ?? 0 : 0
    return FileListing(isRecursive: isRecursive, pattern: pattern, start: start, limit: limit)
  }

  // MARK: Fields

  private func checkSize(_ name: String) async throws(RuntimeError) {
    let value = try await fields.value(name)
    do throws(RuntimeError) {
      _ = try byteCount(of: value)
    } catch {
      throw fields.failure(name, "must be a size such as 8MB")
    }
  }

  private static func text(_ path: Value, _ fields: ActionFields) throws(RuntimeError) -> String {
    guard case .text(let text) = path else { throw fields.failure("path", "must be text, not \(path.kindName)") }
    return text
  }
}
