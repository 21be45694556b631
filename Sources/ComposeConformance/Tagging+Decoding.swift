import ComposeBasic
package import ComposeRuntime

extension Tagging {
  /// The value that tagged JSON stands for.
  ///
  /// - Throws: ``InvalidVector`` when a tag's content is not what the tag needs.
  package static func decode(_ json: Value) throws(InvalidVector) -> Value {
    switch json {
    case .list(let items): return .list(try decode(items))
    case .object(let object):
      if let value = try tagged(object) { return value }
      return .object(try decode(object))
    default: return json
    }
  }

  /// The members' values, each decoded.
  static func decode(_ object: OrderedObject) throws(InvalidVector) -> OrderedObject {
    var decoded = OrderedObject()
    for (key, value) in object { decoded[key] = try decode(value) }
    return decoded
  }

  private static func decode(_ items: [Value]) throws(InvalidVector) -> [Value] {
    var values: [Value] = []
    for item in items { values.append(try decode(item)) }
    return values
  }

  private static func tagged(_ object: OrderedObject) throws(InvalidVector) -> Value? {
    if object.count == 1, let member = object.first(where: { _ in true }), case .text(let text) = member.value {
      switch member.key {
      case "bytes": return .bytes(try bytes(text))
      case "bigint": return try integer(text)
      case "float": return try number(text)
      default: break
      }
    }
    if case .list(let chunks)? = object["stream"], object.has(only: ["stream", "fragmented", "encoding", "throws"]) {
      return try stream(chunks, object)
    }
    let names: Set = ["resource", "content_type", "filename", "format", "attrs", "data", "throws"]
    if case .text(let kind)? = object["resource"], object.has(only: names) {
      return .resource(try resource(kind, object))
    }
    return nil
  }

  private static func bytes(_ text: String) throws(InvalidVector) -> [UInt8] {
    do throws(RuntimeError) {
      return try Base64.decode(text)
    } catch {
      throw InvalidVector("the bytes \(error.message)")
    }
  }

  private static func integer(_ digits: String) throws(InvalidVector) -> Value {
    guard digits.isDecimalDigits else { throw InvalidVector("'\(digits)' is not a decimal integer") }
    return Int(digits).map { .integer($0) } ?? .bigInteger(digits)
  }

  private static func number(_ name: String) throws(InvalidVector) -> Value {
    switch name {
    case "nan": return .number(.nan)
    case "inf": return .number(.infinity)
    case "-inf": return .number(-.infinity)
    default: throw InvalidVector("a tagged float is nan, inf or -inf, not '\(name)'")
    }
  }

  // MARK: Streams

  private static func stream(_ chunks: [Value], _ object: OrderedObject) throws(InvalidVector) -> Value {
    var form = ValueStream.Form.bare
    if case .boolean(let isFragmented)? = object["fragmented"] { form = .chunks(fragmented: isFragmented) }
    var steps: [RecordedChunks.Step] = []
    for chunk in chunks {
      if case .object(let object) = chunk, object.count == 1, case .text(let name)? = object["throws"] {
        steps.append(.failure(name))
      } else {
        steps.append(.value(try decode(chunk)))
      }
    }
    if case .text(let name)? = object["throws"] { steps.append(.failure(name)) }
    let chunks = RecordedChunks(steps.filter { form != .chunks(fragmented: true) || !$0.isNull }).stream(form)
    guard case .text(let name)? = object["encoding"] else { return .stream(chunks) }
    guard let encoding = ValueStream.Encoding(rawValue: name) else {
      throw InvalidVector("a stream is encoded as text or json, not '\(name)'")
    }
    do throws(RuntimeError) {
      return try Value.stream(chunks).encoded(as: encoding)
    } catch {
      throw InvalidVector(error.message)
    }
  }

  // MARK: Resources

  private static func resource(_ kind: String, _ object: OrderedObject) throws(InvalidVector) -> Resource {
    func text(_ name: String) -> String? {
      if case .text(let text)? = object[name] { text } else { nil }
    }
    var attributes = OrderedObject()
    if case .object(let members)? = object["attrs"] { attributes = try decode(members) }
    let source: any ResourceSource
    if let name = text("throws") {
      source = FailingSource(name: name)
    } else {
      source = BytesSource(try bytes(text("data") ?? ""))
    }
    guard let known = Resource.Kind(vectorName: kind) else { throw InvalidVector("there is no resource '\(kind)'") }
    return Resource(
      known, source: source, contentType: text("content_type") ?? Resource.defaultContentTypes[kind],
      filename: text("filename"), format: text("format") ?? (kind == "pcm" ? "s16le" : nil), attributes: attributes)
  }
}

extension OrderedObject {
  fileprivate func has(only names: Set<String>) -> Bool { keys.allSatisfy { names.contains($0) } }
}
