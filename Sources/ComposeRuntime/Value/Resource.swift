/// Bytes with a content type: an upload, a file, the body of a reply, a picture or a sound.
///
/// It is read when somebody asks for the bytes, so that a fault in them shows there and not where the resource is made
/// (language specification, section 8.2).
package final class Resource: Sendable {
  /// What the bytes are taken for.
  package enum Kind: String, Sendable {
    /// Bytes of no known kind.
    case bytes
    case file
    case image
    case audio
    /// Raw samples, described by the attributes.
    case pcm
    case video
    case model = "model-3d"
  }

  package let kind: Kind
  package let contentType: String?
  package let filename: String?
  /// The encoding by its short name, such as `png` or `mp3`.
  package let format: String?
  /// What a cast said of the bytes between brackets, such as a sample rate.
  package let attributes: OrderedObject
  package let source: any ResourceSource

  package init(
    _ kind: Kind, source: any ResourceSource, contentType: String? = nil, filename: String? = nil,
    format: String? = nil, attributes: OrderedObject = OrderedObject()
  ) {
    self.kind = kind
    self.source = source
    self.contentType = contentType
    self.filename = filename
    self.format = format
    self.attributes = attributes
  }
}

/// Where the bytes of a resource come from.
package protocol ResourceSource: Sendable {
  /// All bytes.
  ///
  /// - Throws: a `value` error when they cannot be decoded, and what reading them throws.
  func bytes() async throws(RuntimeError) -> [UInt8]
}

/// Bytes that are at hand.
package struct BytesSource: ResourceSource {
  private let content: [UInt8]

  package init(_ content: [UInt8]) { self.content = content }

  package func bytes() async throws(RuntimeError) -> [UInt8] { content }
}
