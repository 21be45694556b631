import ComposeRuntime

/// The notation of values in rows of `Fixtures/conformance`: tags for bytes, large integers, numbers that JSON has not,
/// streams and resources.
enum RowValue {
  /// The value that a row describes.
  static func source(_ tagged: Value) -> Value {
    switch tagged {
    case .list(let list): return .list(list.map(source))
    case .object(let object):
      if case .list(let chunks)? = object["stream"] { return stream(chunks.map(source), object) }
      if case .text(let kind)? = object["resource"] { return resource(kind, object) }
      if case .text(let text)? = object["bytes"] { return .bytes((try? Base64.decode(text)) ?? []) }
      if case .text(let digits)? = object["bigint"] { return .bigInteger(digits) }
      if case .text(let name)? = object["float"] { return .number(Double(name) ?? 0) }
      return .object(OrderedObject(object.map { ($0.key, source($0.value)) }))
    default: return tagged
    }
  }

  private static func stream(_ chunks: [Value], _ object: OrderedObject) -> Value {
    var form = ValueStream.Form.bare
    if case .boolean(let fragmented)? = object["fragmented"] { form = .chunks(fragmented: fragmented) }
    let rest = form == .chunks(fragmented: true) ? chunks.filter { !$0.isNull } : chunks
    let plain = ValueStream(form, elements: rest)
    let stream = Value.stream((try? plain.failingWhereSaid(form)) ?? plain)
    guard case .text(let name)? = object["encoding"], let encoding = ValueStream.Encoding(rawValue: name) else {
      return stream
    }
    return (try? stream.encoded(as: encoding)) ?? .null
  }

  private static func resource(_ kind: String, _ object: OrderedObject) -> Value {
    func text(_ name: String) -> String? {
      if case .text(let text)? = object[name] { text } else { nil }
    }
    let standardType = ["text": "text/plain; charset=utf-8", "pcm": "audio/pcm"][kind]
    var attributes = OrderedObject()
    if case .object(let object)? = object["attrs"] { attributes = object }
    let data = text("data").flatMap { try? Base64.decode($0) } ?? []
    return .resource(
      Resource(
        Resource.Kind(rawValue: kind) ?? .bytes, source: BytesSource(data),
        contentType: text("content_type") ?? standardType, filename: text("filename"),
        format: kind == "pcm" ? "s16le" : text("format"), attributes: attributes))
  }

  /// A value in the notation, with streams and resources read.
  static func tagged(_ value: Value) async throws(RuntimeError) -> Value {
    switch value {
    case .bytes(let bytes): return .object(["bytes": .text(Base64.encode(bytes))])
    case .bigInteger(let digits): return .object(["bigint": .text(digits)])
    case .number(let number) where !number.isFinite: return .object(["float": .text(floatText(number))])
    case .list(let list):
      var result: [Value] = []
      for element in list { result.append(try await tagged(element)) }
      return .list(result)
    case .object(let object):
      var result = OrderedObject()
      for (key, member) in object { result[key] = try await tagged(member) }
      return .object(result)
    case .stream(let stream): return .object(try await tagged(stream))
    case .resource(let resource): return .object(await tagged(resource))
    default: return value
    }
  }

  private static func tagged(_ stream: ValueStream) async throws(RuntimeError) -> OrderedObject {
    try stream.take()
    var chunks: [Value] = []
    var object = OrderedObject()
    do throws(RuntimeError) {
      while let chunk = try await stream.next() { chunks.append(try await tagged(chunk)) }
    } catch {
      object["throws"] = .boolean(true)
    }
    object["stream"] = .list(chunks)
    if case .chunks(let isFragmented) = stream.form { object["fragmented"] = .boolean(isFragmented) }
    if case .encoded(let encoding) = stream.form { object["encoding"] = .text(encoding.rawValue) }
    return object
  }

  private static func tagged(_ resource: Resource) async -> OrderedObject {
    var object = OrderedObject([
      ("resource", .text(resource.kind.rawValue)), ("content_type", .text(resource.contentType)),
    ])
    if let name = resource.filename { object["filename"] = .text(name) }
    if let format = resource.format { object["format"] = .text(format) }
    if !resource.attributes.isEmpty { object["attrs"] = .object(resource.attributes) }
    if let bytes = try? await resource.bytes() {
      object["data"] = .text(Base64.encode(bytes))
    } else {
      object["throws"] = .boolean(true)
    }
    return object
  }

  /// What a row expects in the words of `tagged`, member by member in the order of the actual value.
  static func expected(_ value: Value, comparedTo actual: Value) -> Value {
    switch value {
    case .list(let list):
      return .list(list.enumerated().map { expected($0.element, comparedTo: actual.element(at: $0.offset)) })
    case .object(var object):
      if object["throws"] != nil { object["throws"] = .boolean(true) }
      if case .text(let kind)? = object["resource"] {
        // The rows name some kinds by what reads them.
        let names = ["FileStreamResource": "file", "Base64StreamResource": "bytes", "text": "bytes"]
        object["resource"] = .text(names[kind] ?? kind)
        // Pictures pass as they are, and the rows tell only their size in pixels.
        if object["size"] != nil {
          object["size"] = nil
          object["data"] = actual.member("data")
        }
      }
      guard case .object(let given) = actual else { return .object(object) }
      var ordered = OrderedObject()
      for key in given.keys where object[key] != nil {
        ordered[key] = object[key].map { expected($0, comparedTo: actual.member(key)) }
      }
      for (key, member) in object where ordered[key] == nil { ordered[key] = member }
      return .object(ordered)
    default: return value
    }
  }
}

extension ValueStream {
  /// The same stream that fails at an element `{"throws": …}`.
  fileprivate func failingWhereSaid(_ form: Form) throws(RuntimeError) -> ValueStream {
    try take()
    return ValueStream(
      form,
      next: { () async throws(RuntimeError) in
        let chunk = try await self.next()
        if let chunk, !chunk.member("throws").isNull { throw RuntimeError(.value, "the source fails here") }
        return chunk
      }, cancel: { self.cancel() })
  }
}
