import ComposeBasic
import ComposeHTTP
import ComposeRuntime

/// Makes the body of a request from its value, by the content type that the headers say.
struct HTTPBodyBuilder {
  let random: RandomSource
  let failure: SourceFailure

  /// The body, and the `Content-Type` that belongs to it; `nil` for null, which sends none.
  ///
  /// - Throws: a `value` error when the value cannot be sent under that content type.
  func body(of value: Value, _ headers: inout [HTTPField]) async throws(RuntimeError) -> HTTPBody? {
    let declared = headers.last { $0.isNamed("content-type") }?.value
    let type = declared.map(mediaType(of:))
    if type == "multipart/form-data" { return try multipart(value, declared ?? "", &headers) }
    switch value {
    case .null: return nil
    case .text where type == "application/json": return .bytes(try value.compactJSON())
    case .text(let text): return raw(.bytes(Array(text.utf8)), "text/plain; charset=utf-8", type, &headers)
    case .bytes(let bytes): return raw(.bytes(bytes), Resource.unknownContentType, type, &headers)
    case .resource(let resource):
      guard declared == nil, resource.hasToBeOpenedForItsType else {
        return raw(HTTPBody(Upload(resource), failure: failure), resource.contentType, type, &headers)
      }
      let reader = try await resource.open()
      return raw(
        HTTPBody(Upload(resource, opened: reader), failure: failure), reader.contentType ?? resource.contentType, type,
        &headers)
    case .stream(let stream):
      return raw(HTTPBody(try Upload(stream), failure: failure), Resource.unknownContentType, type, &headers)
    case .object(let object) where type == "application/x-www-form-urlencoded":
      return .bytes(Array(try formEncoded(object, field: "body").utf8))
    case .boolean, .integer, .bigInteger, .number:
      if let type, type.hasPrefix("text/") { return .bytes(Array(value.jsonText.utf8)) }
      return try json(value, type, &headers)
    case .list, .object: return try json(value, type, &headers)
    }
  }

  /// A form of the members of an object; what is one already is sent as it is.
  private func multipart(
    _ value: Value, _ declared: String, _ headers: inout [HTTPField]
  ) throws(RuntimeError) -> HTTPBody? {
    let isForm = headerParameters(declared)["boundary"].map { !$0.isEmpty } ?? false
    switch value {
    case .null: return nil
    case .object(let object):
      let form = try MultipartForm(object, random: random)
      headers.replace("Content-Type", by: form.contentType)
      return HTTPBody(form.upload, failure: failure)
    case .text(let text) where isForm: return .bytes(Array(text.utf8))
    case .bytes(let bytes) where isForm: return .bytes(bytes)
    case .resource(let resource) where isForm: return HTTPBody(Upload(resource), failure: failure)
    case .stream(let stream) where isForm: return HTTPBody(try Upload(stream), failure: failure)
    default: throw RuntimeError(.value, "'body' must be an object to be sent as a form, not \(value.kindName)")
    }
  }

  private func raw(
    _ body: HTTPBody, _ contentType: String, _ declared: String?, _ headers: inout [HTTPField]
  ) -> HTTPBody {
    if declared == nil { headers.append(HTTPField("Content-Type", contentType)) }
    return body
  }

  /// What has parts is JSON, unless the headers say something that JSON is not.
  private func json(_ value: Value, _ declared: String?, _ headers: inout [HTTPField]) throws(RuntimeError) -> HTTPBody
  {
    guard declared == nil || declared?.hasSuffix("json") == true else {
      throw RuntimeError(.value, "'body' is \(value.kindName), which cannot be sent as '\(declared ?? "")'")
    }
    let bytes = try value.compactJSON()
    return raw(.bytes(bytes), "application/json", declared, &headers)
  }
}

/// The media type of a `Content-Type` without its parameters, in lower case.
func mediaType(of contentType: String) -> String {
  // Most are written as they are compared.
  let isPlain = contentType.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "+"): true
    default: false
    }
  }
  return isPlain ? contentType : contentType.prefix { $0 != ";" }.lowercased().trimmingBlanks
}

extension [HTTPField] {
  /// Replaces a header, whatever the case of its name, or adds it.
  fileprivate mutating func replace(_ name: String, by value: String) {
    removeAll { $0.isNamed(name) }
    append(HTTPField(name, value))
  }
}
