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
  /// Where runs begin, as most clients write it: what is asked for most is found first.
  private let runPaths: Set<String>
  /// The paths of the web page's files; empty where it is not served.
  let assets: Set<String>
  /// Behind the base paths; `nil` where it is switched off.
  var webSocketPath: String?

  init(basePaths: [String], assets: Set<String>, webSocketPath: String? = nil) {
    self.basePaths = basePaths
    self.assets = assets
    self.webSocketPath = webSocketPath
    let path = "/workflows/runs"
    runPaths = webSocketPath == path ? [] : Set(basePaths.map { $0 + path })
  }

  /// Where the WebSocket endpoint is.
  var webSocketPaths: Set<String> { Set(basePaths.flatMap { base in webSocketPath.map { [base + $0] } ?? [] }) }

  func match(_ method: HTTPRequest.Method, _ path: String) -> Match {
    if method == .post, runPaths.contains(path) { return .endpoint(.run) }
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
    guard let parts = pathParts(path) else { return [] }
    for base in basePaths {
      let base = base.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard parts.starts(with: base.isEmpty ? [""] : base) else { continue }
      let found = apiEndpoints(at: parts.dropFirst(max(1, base.count)))
      if !found.isEmpty { return found }
    }
    return assets.contains(path) ? [(.get, .asset(path))] : []
  }

  /// - Parameter parts: of the path behind the base.
  private func apiEndpoints(at path: ArraySlice<String>) -> [Entry] {
    let parts = Array(path)
    if let webSocketPath, parts == webSocketPath.split(separator: "/").map(String.init) { return [(.get, .webSocket)] }
    switch (parts.count, parts.first) {
    case (1, "health"): return [(.get, .health)]
    case (1, "ready"): return [(.get, .ready)]
    case (1, "metrics"): return [(.get, .metrics)]
    case (1, "openapi.json"): return [(.get, .openAPI)]
    case (1, "workflows"): return [(.get, .workflows)]
    case (2, "workflows"): return parts[1] == "runs" ? [(.post, .run)] : []
    case (3, "workflows"): return workflowEndpoints(of: parts[1], parts[2])
    case (1, "tasks"): return [(.get, .tasks)]
    case (2, "tasks"): return [(.get, .task(parts[1])), (.delete, .cancelTask(parts[1]))]
    case (3, "tasks"): return taskEndpoints(of: parts[1], parts[2])
    default: return []
    }
  }

  private func workflowEndpoints(of id: String, _ part: String) -> [Entry] {
    switch part {
    case "schema": [(.get, .schema(workflow: id))]
    case "graph": [(.get, .graph(workflow: id))]
    default: []
    }
  }

  private func taskEndpoints(of id: String, _ part: String) -> [Entry] {
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

/// The parts between the slashes of a path. Clients may write any character as its percent-encoding (RFC 3986, section
/// 6.2.2.2).
///
/// - Returns: `nil` when one of them is malformed.
func pathParts(_ path: some StringProtocol) -> [String]? {
  let parts = path.split(separator: "/", omittingEmptySubsequences: false).map { percentDecoded(Substring($0)) }
  return parts.contains(nil) ? nil : parts.compactMap(\.self)
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
