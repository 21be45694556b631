import ComposeBasic
import ComposeHTTP
import ComposeRuntime

/// How fixtures write down what a run asked for and what came out of it, line by line.
struct RunRecord {
  let sources: SourceSet

  /// The chunks or the value, then the error if there is one.
  func lines(_ run: () async throws(RuntimeError) -> Value) async -> [String] {
    var lines: [String] = []
    do throws(RuntimeError) {
      let value = try await run()
      if case .resource(let resource) = value { return try await describe(resource) }
      guard case .stream(let stream) = value else { return ["result \(value.jsonText)"] }
      try stream.take()
      lines.append("stream \(describe(stream.form))")
      while let chunk = try await stream.next() { lines.append("chunk \(chunk.jsonText)") }
      lines.append("end")
    } catch {
      let place = error.range.map { " at \(sources.location(of: $0))" } ?? ""
      let status = error.status.map { " status \($0)" } ?? ""
      lines.append(
        "error \(error.code.rawValue)\(status)\(error.job.map { " in \($0)" } ?? "")\(place): \(error.message)")
    }
    return lines
  }

  func describe(_ request: HTTPRequest) -> String {
    let headers = request.headers.map { "  \($0.name): \($0.value)" }
    let body = (request.body?.bytes).map { ["  " + String(decoding: $0, as: UTF8.self)] } ?? []
    return (["\(request.method) \(request.url)"] + headers + body).joined(separator: "\n")
  }

  private func describe(_ resource: Resource) async throws(RuntimeError) -> [String] {
    let reader = try await resource.open()
    let name = reader.filename.map { " \($0)" } ?? ""
    let bytes = try await reader.bytes()
    return [
      "resource \(resource.kind.rawValue) \(reader.contentType ?? "none")\(name)",
      "bytes \(Value.bytes(bytes).debugForm)",
    ]
  }

  private func describe(_ form: ValueStream.Form) -> String {
    switch form {
    case .chunks(fragmented: true): "fragmented"
    case .chunks(fragmented: false): "items"
    case .bare: "bare"
    case .encoded(let encoding): encoding.rawValue
    }
  }
}
