import Hummingbird

/// What can be asked for at one port.
struct Routes: Sendable {
  enum Endpoint: Hashable, Sendable {
    case health
    case ready
    case metrics
    case openAPI
    case workflows
    case schema(workflow: String)
    case graph(workflow: String)
    case run
    case tasks
    case task(String)
    case taskStream(String)
    case taskEvents(String)
    case cancelTask(String)
    case resumeTask(String)
    case webSocket
    /// A file of the web page, by its path.
    case asset(String)
  }

  enum Match: Hashable, Sendable {
    case endpoint(Endpoint)
    /// The path exists, but not for this method; `allowed` is what `Allow` says.
    case wrongMethod(allowed: String)
    case notFound
  }

  /// Where the API begins; several on the port of the web page.
  let basePaths: [String]
  /// The paths of the web page's files; empty where it is not served.
  let assets: Set<String>
  /// Behind the base paths; `nil` where it is switched off.
  var webSocketPath: String?

  /// Where the WebSocket endpoint is.
  var webSocketPaths: Set<String> { Set(basePaths.flatMap { base in webSocketPath.map { [base + $0] } ?? [] }) }

  func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
    let endpoints = endpoints(at: path)
    if endpoints.isEmpty { return .notFound }
    // Where GET works, HEAD does.
    let wanted = method == .head ? .get : method
    if let found = endpoints.first(where: { $0.method == wanted }) { return .endpoint(found.endpoint) }
    let allowed = endpoints.map { $0.method == .get ? "GET, HEAD" : $0.method.rawValue }
    return .wrongMethod(allowed: allowed.joined(separator: ", "))
  }

  private typealias Entry = (method: HTTPRequest.Method, endpoint: Endpoint)

  private func endpoints(at path: String) -> [Entry] {
    for base in basePaths where path.hasPrefix(base) {
      let found = apiEndpoints(at: path.dropFirst(base.count))
      if !found.isEmpty { return found }
    }
    return assets.contains(path) ? [(.get, .asset(path))] : []
  }

  private func apiEndpoints(at path: Substring) -> [Entry] {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.first == "" else { return [] }
    if let webSocketPath, path == webSocketPath { return [(.get, .webSocket)] }
    switch (parts.count, parts.dropFirst().first) {
    case (2, "health"): return [(.get, .health)]
    case (2, "ready"): return [(.get, .ready)]
    case (2, "metrics"): return [(.get, .metrics)]
    case (2, "openapi.json"): return [(.get, .openAPI)]
    case (2, "workflows"): return [(.get, .workflows)]
    case (3, "workflows"): return parts[2] == "runs" ? [(.post, .run)] : []
    case (4, "workflows"): return percentDecoded(parts[2]).map { workflowEndpoints(of: $0, parts[3]) } ?? []
    case (2, "tasks"): return [(.get, .tasks)]
    case (3, "tasks"):
      return percentDecoded(parts[2]).map { [(.get, .task($0)), (.delete, .cancelTask($0))] } ?? []
    case (4, "tasks"): return percentDecoded(parts[2]).map { taskEndpoints(of: $0, parts[3]) } ?? []
    default: return []
    }
  }

  private func workflowEndpoints(of id: String, _ part: Substring) -> [Entry] {
    switch part {
    case "schema": [(.get, .schema(workflow: id))]
    case "graph": [(.get, .graph(workflow: id))]
    default: []
    }
  }

  private func taskEndpoints(of id: String, _ part: Substring) -> [Entry] {
    switch part {
    case "stream": [(.get, .taskStream(id))]
    case "events": [(.get, .taskEvents(id))]
    case "cancel": [(.post, .cancelTask(id))]
    case "resume": [(.post, .resumeTask(id))]
    default: []
    }
  }
}

extension Routes.Endpoint {
  /// The path with names in place of ids, as metrics and logs call it.
  var route: String {
    switch self {
    case .health: "/health"
    case .ready: "/ready"
    case .metrics: "/metrics"
    case .openAPI: "/openapi.json"
    case .workflows: "/workflows"
    case .schema: "/workflows/{id}/schema"
    case .graph: "/workflows/{id}/graph"
    case .run: "/workflows/runs"
    case .tasks: "/tasks"
    case .task: "/tasks/{id}"
    case .taskStream: "/tasks/{id}/stream"
    case .taskEvents: "/tasks/{id}/events"
    case .cancelTask: "/tasks/{id}/cancel"
    case .resumeTask: "/tasks/{id}/resume"
    case .webSocket: "/ws"
    case .asset: "page"
    }
  }

  /// Whether it tells nothing that needs a key.
  var isOpen: Bool {
    switch self {
    case .health, .ready, .asset: true
    default: false
    }
  }
}

/// The text that percent-encoding stands for (RFC 3986, section 2.1), or `nil` when it is malformed.
func percentDecoded(_ text: Substring) -> String? {
  var bytes: [UInt8] = []
  var rest = text.utf8[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "%") else {
      bytes.append(byte)
      continue
    }
    let digits = rest.prefix(2)
    guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    else { return nil }
    bytes.append(value)
    rest = rest.dropFirst(2)
  }
  return String(validating: bytes, as: UTF8.self)
}
