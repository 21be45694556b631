import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime

/// Makes the request of an http-client action from its rendered fields.
struct HTTPRequestBuilder {
  let invocation: Invocation
  let evaluator: Evaluator

  /// - Throws: a `value` error with the place of the field that cannot be sent.
  func request() async throws(RuntimeError) -> HTTPRequest {
    var headers = try await self.headers()
    let body = try await self.body(&headers)
    return HTTPRequest(
      method: try await text("method") ?? "POST", url: try await url(), headers: headers, body: body,
      timeouts: try await timeouts())
  }

  private func field(_ name: String) async throws(RuntimeError) -> Value {
    guard let template = invocation.actionField(name) else { return .null }
    return try await evaluator.evaluate(template)
  }

  private func text(_ name: String) async throws(RuntimeError) -> String? {
    let value = try await field(name)
    switch value {
    case .null: return nil
    case .text(let text): return text
    case .integer, .number, .boolean: return value.jsonText
    default: throw failure(name, "must be text, not \(value.kindName)")
    }
  }

  private func failure(_ name: String, _ message: String) -> RuntimeError {
    RuntimeError(.value, "'\(name)' \(message)", range: invocation.actionField(name)?.range)
  }

  // MARK: URL

  /// `endpoint`, or `path` behind the component's `base_url`; `params` are added to the query.
  private func url() async throws(RuntimeError) -> String {
    var url: String
    if let endpoint = try await text("endpoint") {
      url = endpoint
    } else {
      guard let template = invocation.componentField("base_url"),
        case .text(let base) = try await evaluator.evaluate(template), let path = try await text("path")
      else {
        throw RuntimeError(.value, "the request has no address", range: invocation.range)
      }
      let isJoined = base.hasSuffix("/") || path.isEmpty
      let relative = path.hasPrefix("/") ? String(path.dropFirst()) : path
      url = base + (isJoined ? "" : "/") + relative
    }
    url = URLEncoding.encode(url, keeping: URLEncoding.address)
    let query = try await self.query()
    guard !query.isEmpty else { return url }
    return url + (url.contains("?") ? "&" : "?") + query
  }

  private func query() async throws(RuntimeError) -> String {
    let value = try await field("params")
    guard case .object(let params) = value else {
      if value.isNull { return "" }
      throw failure("params", "must be an object, not \(value.kindName)")
    }
    return try formEncoded(params, field: "params")
  }

  /// `name=value` pairs; null is left out, a list repeats its name, other values are written as JSON writes them.
  private func formEncoded(_ object: OrderedObject, field name: String) throws(RuntimeError) -> String {
    var pairs: [String] = []
    for (key, value) in object {
      let values: [Value] = if case .list(let items) = value { items } else { [value] }
      for value in values where !value.isNull {
        let text: String
        switch value {
        case .text(let content): text = content
        case .boolean, .integer, .bigInteger, .number: text = value.jsonText
        default: throw failure(name, "cannot carry \(value.kindName) as '\(key)'")
        }
        pairs.append(
          [key, text].map { URLEncoding.encode($0, keeping: URLEncoding.unreserved) }.joined(separator: "="))
      }
    }
    return pairs.joined(separator: "&")
  }

  // MARK: Headers and body

  /// The component's headers, replaced by the action's of the same name in any case.
  private func headers() async throws(RuntimeError) -> [HTTPField] {
    var headers: [HTTPField] = []
    for template in [invocation.componentField("headers"), invocation.actionField("headers")] {
      guard let template else { continue }
      guard case .object(let object) = try await evaluator.evaluate(template) else {
        throw RuntimeError(.value, "'headers' must be an object", range: template.range)
      }
      for (name, value) in object {
        headers.removeAll { $0.name.lowercased() == name.lowercased() }
        switch value {
        case .null: continue
        case .text(let text): headers.append(HTTPField(name, text))
        case .boolean, .integer, .bigInteger, .number: headers.append(HTTPField(name, value.jsonText))
        default:
          throw RuntimeError(.value, "the header '\(name)' cannot be \(value.kindName)", range: template.range)
        }
      }
    }
    return headers
  }

  private func body(_ headers: inout [HTTPField]) async throws(RuntimeError) -> [UInt8]? {
    let value = try await field("body")
    let declared = headers.last { $0.name.lowercased() == "content-type" }?.value
    let type = declared.map { $0.prefix { $0 != ";" }.lowercased() } ?? ""
    switch value {
    case .null: return nil
    case .text(let text): return Array(text.utf8)
    case .bytes(let bytes): return bytes
    case .resource(let resource):
      let reader = try await resource.open()
      if declared == nil {
        headers.append(HTTPField("Content-Type", reader.contentType ?? Resource.unknownContentType))
      }
      return try await reader.bytes()
    case .stream: throw failure("body", "cannot be a stream in this version")
    case .object(let object) where type == "application/x-www-form-urlencoded":
      return Array(try formEncoded(object, field: "body").utf8)
    default:
      guard declared == nil || type.hasSuffix("json") else {
        throw failure("body", "is \(value.kindName), which cannot be sent as '\(type)'")
      }
      if declared == nil { headers.append(HTTPField("Content-Type", "application/json")) }
      do throws(RuntimeError) {
        return try value.compactJSON()
      } catch {
        throw error.located(range: invocation.actionField("body")?.range)
      }
    }
  }

  // MARK: Limits

  /// The action's `timeout`, else the component's: a duration for the whole exchange, or one for each limit.
  private func timeouts() async throws(RuntimeError) -> HTTPTimeouts {
    var timeouts = HTTPTimeouts()
    guard let template = invocation.actionField("timeout") ?? invocation.componentField("timeout") else {
      return timeouts
    }
    let value = try await evaluator.evaluate(template)
    guard case .object(let limits) = value else {
      timeouts.total = try limit(value, "timeout", template.range)
      return timeouts
    }
    for (name, value) in limits {
      let limit = try limit(value, name, template.range)
      switch name {
      case "connect": timeouts.connect = limit
      case "first_byte": timeouts.firstByte = limit
      case "idle": timeouts.idle = limit
      case "total": timeouts.total = limit
      default: throw RuntimeError(.value, "'timeout' has no limit '\(name)'", range: template.range)
      }
    }
    return timeouts
  }

  private func limit(_ value: Value, _ name: String, _ range: SourceRange) throws(RuntimeError) -> Double? {
    do throws(RuntimeError) {
      guard let seconds = try ComposeRuntime.seconds(of: value) else { return nil }
      if seconds > 0 { return seconds }
    } catch {}
    throw RuntimeError(.value, "'\(name)' must be a duration such as 10s", range: range)
  }
}
