import ComposeRuntime

/// `multipart/form-data` (RFC 7578): a part for each value, sent piece by piece.
///
/// Resources, bytes and streams are files. Objects are JSON, everything else is text as JSON writes it. A list repeats
/// its name; null is left out.
struct MultipartForm: Sendable {
  private enum Content {
    case bytes([UInt8])
    case upload(Upload)
  }

  private struct Part {
    var head: [UInt8] = []
    let content: Content
  }

  private var parts: [Part] = []
  /// Stands between the parts, and in none of those that are at hand; in what is read later it is too unlikely.
  private(set) var boundary = ""

  /// - Throws: a `value` error for what no part can carry.
  init(_ object: OrderedObject, random: RandomSource) throws(RuntimeError) {
    for (name, value) in object {
      let values: [Value] = if case .list(let items) = value { items } else { [value] }
      for value in values where !value.isNull { parts.append(try Self.part(name, value)) }
    }
    boundary = try unusedBoundary(random)
  }

  var contentType: String { "multipart/form-data; boundary=\(boundary)" }

  var upload: Upload {
    var uploads: [Upload] = []
    for part in parts {
      uploads.append(Upload(Array("--\(boundary)\r\n".utf8) + part.head))
      switch part.content {
      case .bytes(let bytes): uploads.append(Upload(bytes))
      case .upload(let upload): uploads.append(upload)
      }
      uploads.append(Upload(Array("\r\n".utf8)))
    }
    uploads.append(Upload(Array("--\(boundary)--\r\n".utf8)))
    return Upload(joining: uploads)
  }

  // MARK: Parts

  private static func part(_ name: String, _ value: Value) throws(RuntimeError) -> Part {
    switch value {
    case .text(let text): return Part(head: head(name, ""), content: .bytes(Array(text.utf8)))
    case .null, .boolean, .integer, .bigInteger, .number:
      return Part(head: head(name, ""), content: .bytes(Array(value.jsonText.utf8)))
    case .bytes(let bytes):
      return Part(head: head(name, file: name, Resource.unknownContentType), content: .bytes(bytes))
    case .resource(let resource):
      guard resource.hasToBeOpenedForItsType else {
        return Part(
          head: head(name, file: resource.filename ?? resource.defaultName(name), resource.typeOfPart),
          content: .upload(Upload(resource)))
      }
      return Part(
        content: .upload(
          Upload(resource) { reader in
            head(
              name, file: reader.filename ?? resource.defaultName(name),
              reader.contentType ?? Resource.unknownContentType)
          }))
    case .stream(let stream):
      return Part(
        head: head(name, file: name, Resource.unknownContentType), content: .upload(try Upload(stream)))
    case .list, .object:
      do throws(RuntimeError) {
        return Part(head: head(name, "\r\nContent-Type: application/json"), content: .bytes(try value.compactJSON()))
      } catch {
        throw RuntimeError(.value, "the part '\(name)' cannot be sent: \(error.message)")
      }
    }
  }

  private static func head(_ name: String, file: String, _ type: String) -> [UInt8] {
    head(name, "; filename=\"\(escaped(file))\"\r\nContent-Type: \(type.asHeaderValue)")
  }

  private static func head(_ name: String, _ rest: String) -> [UInt8] {
    Array("Content-Disposition: form-data; name=\"\(escaped(name))\"\(rest)\r\n\r\n".utf8)
  }

  /// A name that cannot end its line or its quotes, as browsers write it (RFC 7578, section 4.2; WHATWG HTML,
  /// "multipart form data").
  private static func escaped(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": text += "%22"
      case "\r": text += "%0D"
      case "\n": text += "%0A"
      case "\0": text += "%00"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  // MARK: Boundary

  private func unusedBoundary(_ random: RandomSource) throws(RuntimeError) -> String {
    for _ in 0..<16 {
      let words = [random.next(), random.next()].map { word in
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
      }
      let boundary = "model-compose-" + words.joined()
      let bytes = Array(boundary.utf8)
      let isUsed = parts.contains { part in
        if case .bytes(let content) = part.content { content.holds(bytes) } else { false }
      }
      if !isUsed { return boundary }
    }
    throw RuntimeError(.value, "every boundary that was tried is a part of the body")
  }
}

extension Resource {
  /// The file name of bytes that have none. Some servers know the format by the ending of the name only.
  fileprivate func defaultName(_ name: String) -> String { format.map { "\(name).\($0)" } ?? name }

  /// What the part is said to hold. APIs for pictures and sound refuse parts of no known type.
  fileprivate var typeOfPart: String {
    guard contentType == Resource.unknownContentType else { return contentType }
    switch (kind, format) {
    case (.image, let format?): return "image/\(format)"
    case (.audio, let format?): return "audio/\(format)"
    case (.video, let format?): return "video/\(format)"
    default: return filename.flatMap(ContentTypes.ofThisMachine.type) ?? contentType
    }
  }
}

extension String {
  /// The text, unless something in it would begin a header of its own.
  fileprivate var asHeaderValue: String {
    utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } && !isEmpty ? self : Resource.unknownContentType
  }
}

extension [UInt8] {
  /// Whether the bytes occur one after the other.
  fileprivate func holds(_ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, count >= wanted.count else { return false }
    var start = startIndex
    while let index = self[start...].firstIndex(of: first), index + wanted.count <= endIndex {
      if self[index..<(index + wanted.count)].elementsEqual(wanted) { return true }
      start = index + 1
    }
    return false
  }
}
