package import ComposeRuntime

extension Tagging {
  /// The value as tagged JSON. Streams and resources are read to their end, and how reading failed is part of the tag.
  ///
  /// - Throws: what is refused and not an outcome: a stream that has been read already, or something that this program
  ///   does not do.
  package static func encode(_ value: Value) async throws(RuntimeError) -> Value {
    switch value {
    case .null, .boolean, .integer, .text: return value
    case .bigInteger(let digits): return .object(["bigint": .text(digits)])
    case .number(let number):
      return number.isFinite ? value : .object(["float": .text(floatText(number))])
    case .bytes(let bytes): return .object(["bytes": .text(Base64.encode(bytes))])
    case .list(let items): return .list(try await encode(items))
    case .object(let object):
      var encoded = OrderedObject()
      for (key, value) in object { encoded[key] = try await encode(value) }
      return .object(encoded)
    case .stream(let stream): return try await encode(stream)
    case .resource(let resource): return try await encode(resource)
    }
  }

  private static func encode(_ items: [Value]) async throws(RuntimeError) -> [Value] {
    var values: [Value] = []
    for item in items { values.append(try await encode(item)) }
    return values
  }

  private static func encode(_ stream: ValueStream) async throws(RuntimeError) -> Value {
    try stream.take()
    var chunks: [Value] = []
    var failure: String?
    do throws(RuntimeError) {
      while let chunk = try await stream.next() { chunks.append(try await encode(chunk)) }
    } catch {
      stream.cancel()
      if refusalCode(of: error) != nil { throw error }
      failure = errorClass(of: error)
    }
    var tag: OrderedObject = ["stream": .list(chunks)]
    switch stream.form {
    case .bare: break
    case .chunks(let isFragmented): tag["fragmented"] = .boolean(isFragmented)
    case .encoded(let encoding): tag["encoding"] = .text(encoding.rawValue)
    }
    if let failure { tag["throws"] = .text(failure) }
    return .object(tag)
  }

  private static func encode(_ resource: Resource) async throws(RuntimeError) -> Value {
    var bytes: [UInt8]?
    var failure: String?
    do throws(RuntimeError) {
      bytes = try await resource.bytes()
    } catch {
      if refusalCode(of: error) != nil { throw error }
      failure = errorClass(of: error)
    }
    var tag: OrderedObject = [
      "resource": .text(resource.vectorName),
      "content_type": .text(resource.contentType),
    ]
    if let filename = resource.filename { tag["filename"] = .text(filename) }
    if let format = resource.format { tag["format"] = .text(format) }
    if !resource.attributes.isEmpty { tag["attrs"] = try await encode(.object(resource.attributes)) }
    if let failure { tag["throws"] = .text(failure) }
    guard let bytes else { return .object(tag) }
    if resource.kind == .image, let size = pictureSize(bytes) {
      tag["size"] = .list([.integer(size.width), .integer(size.height)])
    } else {
      tag["data"] = .text(Base64.encode(bytes))
    }
    return .object(tag)
  }

  /// The width and height in the head of a PNG file (PNG specification, section 11.2.2): vectors compare pictures by
  /// their size, because encoders differ.
  private static func pictureSize(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard bytes.count >= 24, bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else { return nil }
    func number(at start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    return (number(at: 16), number(at: 20))
  }
}
