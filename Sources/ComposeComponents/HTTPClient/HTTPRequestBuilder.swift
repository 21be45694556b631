import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime

/// Makes a request of an action from its rendered fields.
struct HTTPRequestBuilder {
  let invocation: Invocation
  let evaluator: Evaluator
  /// The mapping inside the action that says the request; `nil` when the action itself does.
  var place: PlanTemplate?
  /// The address in front of each path, where it is not the component's `base_url`.
  var base: String?
  var defaultMethod = "POST"
  var random = RandomSource.system
  /// Is told when the body cannot be read.
  var failure = SourceFailure()

  /// - Throws: a `value` error with the place of the field that cannot be sent.
  func request() async throws(RuntimeError) -> HTTPRequest {
    var headers = try await self.headers()
    let body = try await self.body(&headers)
    return HTTPRequest(
      method: try await text("method") ?? defaultMethod, url: try await url(), headers: headers, body: body,
      timeouts: try await timeouts())
  }

  private func template(_ name: String) -> PlanTemplate? {
    if let place { place[name] } else { invocation.actionField(name) }
  }

  private func field(_ name: String) async throws(RuntimeError) -> Value {
    guard let template = template(name) else { return .null }
    return try await evaluator.evaluate(template)
  }

  private func text(_ name: String) async throws(RuntimeError) -> String? {
    let value = try await field(name)
    do throws(RuntimeError) {
      return try value.fieldText
    } catch {
      throw failure(name, error.message)
    }
  }

  private func failure(_ name: String, _ message: String) -> RuntimeError {
    RuntimeError(.value, "'\(name)' \(message)", range: template(name)?.range)
  }

  // MARK: URL

  /// `endpoint`, or `path` behind the address of the component; `params` are added to the query.
  private func url() async throws(RuntimeError) -> String {
    let url = URLEncoding.encode(try await address(), keeping: URLEncoding.address)
    let query = try await self.query()
    guard !query.isEmpty else { return url }
    return url + (url.contains("?") ? "&" : "?") + query
  }

  private func address() async throws(RuntimeError) -> String {
    if let base { return joined(base, try await path() ?? "") }
    if let endpoint = try await text("endpoint") { return endpoint }
    guard let template = invocation.componentField("base_url"),
      case .text(let base) = try await evaluator.evaluate(template), let path = try await path()
    else {
      throw RuntimeError(.value, "the request has no address", range: place?.range ?? invocation.range)
    }
    return joined(base, path)
  }

  /// The path, in which the file itself may write a query. What a value brings along stays part of the path: an input
  /// must not add parameters, and loses nothing behind a `#`.
  private func path() async throws(RuntimeError) -> String? {
    guard let template = template("path") else { return nil }
    switch template.content {
    case .reference: return try await text("path").map(Self.encodedPath)
    case .text(let pieces):
      var path = ""
      for piece in pieces {
        guard case .reference = piece else {
          path += try await evaluator.evaluate(PlanTemplate(.text([piece]), at: template.range)).fieldText ?? ""
          continue
        }
        let value = try await evaluator.evaluate(PlanTemplate(.text([piece]), at: template.range))
        path += try Self.encodedPath(value.fieldText ?? "")
      }
      return path
    case .constant, .list, .object, .operation: return try await text("path")
    }
  }

  private static let pathBytes = URLEncoding.address.subtracting("?#%[]".utf8)

  private static func encodedPath(_ text: String) -> String { URLEncoding.encode(text, keeping: pathBytes) }

  private func joined(_ base: String, _ path: String) -> String {
    let relative = path.drop { $0 == "/" }
    return base + (base.hasSuffix("/") || path.isEmpty ? "" : "/") + relative
  }

  private func query() async throws(RuntimeError) -> String {
    let value = try await field("params")
    guard case .object(let params) = value else {
      if value.isNull { return "" }
      throw failure("params", "must be an object, not \(value.kindName)")
    }
    do throws(RuntimeError) {
      return try formEncoded(params, field: "params")
    } catch {
      throw error.located(range: template("params")?.range)
    }
  }

  // MARK: Headers and body

  /// The component's headers, replaced by the action's of the same name in any case.
  private func headers() async throws(RuntimeError) -> [HTTPField] {
    var headers: [HTTPField] = []
    for template in [invocation.componentField("headers"), template("headers")] {
      guard let template else { continue }
      let value = try await evaluator.evaluate(template)
      if value.isNull { continue }
      guard case .object(let object) = value else {
        throw RuntimeError(.value, "'headers' must be an object", range: template.range)
      }
      for (name, value) in object {
        headers.removeAll { $0.isNamed(name) }
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

  private func body(_ headers: inout [HTTPField]) async throws(RuntimeError) -> HTTPBody? {
    let value = try await field("body")
    do throws(RuntimeError) {
      return try await HTTPBodyBuilder(random: random, failure: failure).body(of: value, &headers)
    } catch {
      throw error.located(range: template("body")?.range)
    }
  }

  // MARK: Limits

  /// The action's `timeout`, else the component's: a duration for each exchange, or one for each limit. They hold for
  /// every request of the action.
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
