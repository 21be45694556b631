/// `as type[]/subtype[attributes];format` with everything in it known (language specification, section 8).
package struct Conversion: Sendable {
  /// What the name of the type means.
  package enum Target: Hashable, Sendable {
    case plain(CastType)
    case media(MediaType)
    case stream
    /// `select`, `any` and every unknown name: the value passes.
    case unchanged

    /// - Parameter name: as it is written; case matters.
    package init(_ name: String) {
      if let type = CastType(rawValue: name) {
        self = .plain(type)
      } else if let type = MediaType(rawValue: name) {
        self = .media(type)
      } else {
        self = name == "stream" ? .stream : .unchanged
      }
    }
  }

  package var target: Target
  /// The type as it is written, for messages.
  package var name: String
  package var isList: Bool
  package var subtype: String?
  package var attributes: OrderedObject
  /// `nil` also for unknown names, which mean nothing.
  package var format: CastFormat?
  package var context: ConversionContext

  package init(
    _ name: String, isList: Bool = false, subtype: String? = nil, attributes: OrderedObject = OrderedObject(),
    format: String? = nil, context: ConversionContext = ConversionContext()
  ) {
    self.target = Target(name)
    self.name = name
    self.isList = isList
    self.subtype = subtype
    self.attributes = attributes
    self.format = format.flatMap(CastFormat.init(rawValue:))
    self.context = context
  }

  /// The value after the conversion; null stays null.
  ///
  /// It waits when the value has to be read: a stream or a resource `as base64` or `as text`, a file, a URL.
  ///
  /// - Throws: a `value` error that shows the value in question, and why something cannot be read.
  package func callAsFunction(_ value: Value) async throws(RuntimeError) -> Value {
    if value.isNull { return .null }
    return isList ? try await convertEach(value) : try await convertOne(value)
  }

  private func convertEach(_ value: Value) async throws(RuntimeError) -> Value {
    switch value {
    case .list(let list):
      var converted: [Value] = []
      converted.reserveCapacity(list.count)
      for element in list { converted.append(try await convertOne(element)) }
      return .list(converted)
    case .stream(let stream):
      return .stream(try stream.mapped { (chunk) async throws(RuntimeError) in try await convertOne(chunk) })
    default: throw RuntimeError(.value, "'as \(name)[]' needs a list, and this is \(value.kindName)")
    }
  }

  private func convertOne(_ value: Value) async throws(RuntimeError) -> Value {
    if context.keepsEncoded, let format, format != .path {
      guard case .text = value else {
        // Null elements of a list get here, and the reference refuses them too.
        throw .wrongKind("';\(format.rawValue)' needs text, and this is \(value.kindName)")
      }
      return value
    }
    if value.isNull { return .null }
    switch target {
    case .unchanged: return value
    case .stream: return try value.encoded(as: try encoding())
    case .media(let type):
      return try value.castMedia(type, subtype: subtype, attributes: attributes, format: format, context)
    case .plain(let type):
      let value = try await value.loaded(format, context)
      switch (type, value) {
      case (.string, .stream(let stream)), (.text, .stream(let stream)): return .text(try await stream.collectedText())
      case (.base64, .stream(let stream)): return .text(try await stream.base64Text())
      case (.string, .resource(let resource)), (.text, .resource(let resource)), (.markdown, .resource(let resource)):
        return .text(try Value.text(of: try await resource.bytes()))
      case (.base64, .resource(let resource)): return .text(Base64.encode(try await resource.bytes()))
      default: return try convert(value, to: type, fields: fields(of: type))
      }
    }
  }

  func fields(of type: CastType) -> [FieldSelection] {
    type == .object ? subtype.map(FieldSelection.parse) ?? [] : []
  }

  private func encoding() throws(RuntimeError) -> ValueStream.Encoding {
    guard let subtype else { return .text }
    guard let encoding = ValueStream.Encoding(rawValue: subtype) else {
      throw RuntimeError(.value, "'stream/\(subtype)' is not an encoding: it is 'stream/text' or 'stream/json'")
    }
    return encoding
  }
}

extension Value {
  /// The bytes that a text stands for; other values ignore the format.
  fileprivate func loaded(
    _ format: CastFormat?, _ context: ConversionContext
  ) async throws(RuntimeError) -> Value {
    guard case .text(let text) = self, let format else { return self }
    switch format {
    case .base64: return .bytes(try Base64.decode(text))
    case .dataURI: return .bytes(try decodeDataURI(text))
    case .path: return .bytes(try await FileSource(path: context.path(text)).bytes())
    case .url: return .bytes(try await URLSource(url: text, context: context).bytes())
    }
  }
}
