import ComposePlan
import ComposeRuntime
import Hummingbird
import NIOCore

/// Answers calls from outside: always 200 with nothing in it, once a call is understood, whoever waits for it.
struct CallbackResponder: Responder {
  let receivers: [CallbackReceiver]
  /// What a caller must present one of; empty for nothing.
  let keys: APIKeys
  /// In bytes.
  let maximumBodySize: Int

  func respond(to request: Request, context: ConnectionContext) async throws -> Response {
    do {
      let receivers = try receivers(for: request)
      let body = try CallbackBody(
        contentType: request.headers[.contentType], bytes: try await bytes(of: request)
      ).value
      for receiver in receivers { try await receiver.receive(body: body, query: query(of: request)) }
      return Response(status: .ok)
    } catch let error as ErrorAnswer {
      return error.response
    } catch let error as RuntimeError {
      return ErrorAnswer.invalidBody(error.message).response
    }
  }

  /// Those that the request is for.
  private func receivers(for request: Request) throws(ErrorAnswer) -> [CallbackReceiver] {
    // A page in somebody's browser has nothing to tell; no program sends these.
    guard request.headers[.origin] == nil, request.headers[.fetchSite] ?? "none" == "none" else {
      throw .foreignOrigin
    }
    let path = request.uri.path.split(separator: "/", omittingEmptySubsequences: false).map { percentDecoded($0) }
    let atPath = receivers.filter { $0.plan.matches(path) }
    guard !atPath.isEmpty else { throw .notFound }
    guard keys.caller(for: request.headers[.authorization]) != nil else { throw .unauthorized }
    let wanted = atPath.filter { $0.plan.method == request.method.rawValue }
    guard !wanted.isEmpty else {
      throw .wrongMethod(allowed: Set(atPath.map(\.plan.method)).sorted().joined(separator: ", "))
    }
    return wanted
  }

  private func bytes(of request: Request) async throws -> [UInt8] {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximumBodySize {
      throw ErrorAnswer.tooLarge(limit: maximumBodySize)
    }
    do {
      return [UInt8](buffer: try await request.body.collect(upTo: maximumBodySize))
    } catch is NIOTooManyBytesError {
      throw ErrorAnswer.tooLarge(limit: maximumBodySize)
    }
  }

  private func query(of request: Request) -> Value {
    var query = OrderedObject()
    for (name, value) in request.uri.queryParameters { query[String(name)] = .text(String(value)) }
    return .object(query)
  }
}

extension HeaderField.Name {
  /// What browsers say of where a request comes from (W3C Fetch Metadata).
  fileprivate static let fetchSite = HeaderField.Name("Sec-Fetch-Site")!
}
