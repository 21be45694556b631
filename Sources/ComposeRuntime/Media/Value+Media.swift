extension Value {
  /// The value after `as image`, `as audio/wav` and their like; it is not null and no list.
  ///
  /// - Parameters:
  ///   - format: how a text stands for the bytes, which are loaded when the resource is read.
  ///   - attributes: what stands between brackets.
  /// - Throws: a `value` error for a value that holds no bytes, and for a path that leads to no file.
  func castMedia(
    _ type: MediaType, subtype: String?, attributes: OrderedObject, format: CastFormat?, _ context: ConversionContext
  ) throws(RuntimeError) -> Value {
    if case .stream = self { return self }
    let resource = try loadedResource(format, context)
    // What a picture is shows in its data, and bytes alone are none of the kinds that the reference takes for one.
    if type == .image, case .bytes = self { throw noBytes(for: type) }
    guard let resource else { throw noBytes(for: type) }
    let subtype = subtype ?? resource.filename.flatMap(fileExtension)
    switch type {
    case .file: return .resource(resource)
    case .audio: return .resource(try resource.asAudio(subtype, attributes))
    case .image:
      if resource.kind == .image, subtype == nil { return .resource(resource) }
      if case .text(let text) = self, let bytes = try decodedBytes(text, format) { try checkPicture(bytes) }
      // Pictures are not encoded anew: what is not named is what the reference would have made of it.
      return .resource(resource.taken(as: .image, type, format: subtype ?? "png", contentTypeOf: subtype))
    case .video: return .resource(resource.taken(as: .video, type, format: subtype, attributes: attributes))
    case .model: return .resource(resource.taken(as: .model, type, format: subtype, attributes: attributes))
    }
  }

  /// The bytes as a resource; `nil` when there are none.
  private func loadedResource(
    _ format: CastFormat?, _ context: ConversionContext
  ) throws(RuntimeError) -> Resource? {
    switch self {
    case .resource(let resource): return resource
    case .bytes(let bytes): return Resource(.bytes, source: BytesSource(bytes))
    case .text(let text):
      switch format {
      case nil: return nil
      case .base64: return Resource(.bytes, source: Base64Source(text: text))
      case .dataURI: return Resource(.bytes, source: DataURISource(uri: text))
      case .url: return Resource(.bytes, source: URLSource(url: text, context: context))
      case .path:
        let path = context.path(text)
        return Resource(.file, source: try FileSource(path: path), filename: lastComponent(of: path))
      }
    default: return nil
    }
  }

  /// The bytes that are in the text itself; `nil` when it says where they are.
  private func decodedBytes(_ text: String, _ format: CastFormat?) throws(RuntimeError) -> [UInt8]? {
    switch format {
    case .base64: try Base64.decode(text)
    case .dataURI: try decodeDataURI(text)
    case .path, .url, nil: nil
    }
  }

  private func noBytes(for type: MediaType) -> RuntimeError {
    let hint = if case .text = self { "; say how it stands for data, as in ';base64'" } else { "" }
    return .wrongKind(
      "'as \(type.rawValue)' needs a resource\(type == .image ? "" : " or bytes"), not \(kindName)\(hint)")
  }
}

extension Resource {
  /// The same bytes under another kind.
  fileprivate func taken(
    as kind: Kind, _ type: MediaType, format: String?, contentTypeOf named: String?? = nil,
    attributes: OrderedObject = OrderedObject()
  ) -> Resource {
    Resource(
      kind, source: source, contentType: type.contentType(of: named ?? format), filename: filename, format: format,
      attributes: attributes)
  }

  fileprivate func asAudio(_ subtype: String?, _ attributes: OrderedObject) throws(RuntimeError) -> Resource {
    switch subtype {
    case nil where [.audio, .pcm, .wav].contains(kind): return self
    case "pcm":
      if kind == .pcm { return self }
      return Resource(
        .pcm, source: source, contentType: "audio/pcm", filename: filename, format: sampleFormat(attributes),
        attributes: attributes)
    case "wav":
      if kind == .wav { return self }
      let description = attributes.isEmpty ? self.attributes : attributes
      let isDescribed = kind == .pcm && !description.isEmpty
      return Resource(
        .wav, source: isDescribed ? try WAVSource(samples: source, attributes: description) : source,
        contentType: "audio/wav", filename: filename, format: "wav", attributes: description)
    default: return taken(as: .audio, .audio, format: subtype, attributes: attributes)
    }
  }
}

/// The name of raw samples by their `format`, or their `bit_depth`: 16 bits unless it is said.
private func sampleFormat(_ attributes: OrderedObject) -> String {
  if case .text(let name)? = attributes["format"], !name.isEmpty { return name }
  guard let depth = attributes["bit_depth"], case .integer(let bits)? = try? depth.castInteger() else { return "s16le" }
  return switch bits {
  case 8: "u8"
  case 24: "s24le"
  case 32: "s32le"
  default: "s16le"
  }
}

/// What follows the last `/`.
func lastComponent(of path: String) -> String? {
  path.split(separator: "/").last.map(String.init)
}

/// What follows the last dot of a name in lower case; `nil` when there is nothing on either side of it.
private func fileExtension(_ name: String) -> String? {
  guard let dot = name.lastIndex(of: "."), name[..<dot].contains(where: { $0 != "." }) else { return nil }
  let text = name[name.index(after: dot)...].lowercased()
  return text.isEmpty ? nil : text
}
