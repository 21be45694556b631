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
    case wav
    case video
    case model = "model-3d"
  }

  /// The content type of bytes that nothing is known about.
  package static let unknownContentType = "application/octet-stream"

  package let kind: Kind
  package let filename: String?
  /// The encoding by its short name, such as `png` or `mp3`.
  package let format: String?
  /// What a cast said of the bytes between brackets, such as a sample rate.
  package let attributes: OrderedObject
  package let source: any ResourceSource
  /// `nil` leaves the content type to the source.
  let declaredContentType: String?

  package init(
    _ kind: Kind, source: any ResourceSource, contentType: String? = nil, filename: String? = nil,
    format: String? = nil, attributes: OrderedObject = OrderedObject()
  ) {
    self.kind = kind
    self.source = source
    self.declaredContentType = contentType
    self.filename = filename
    self.format = format
    self.attributes = attributes
  }

  /// What is known before reading; what a server says about a URL is not.
  package var contentType: String { declaredContentType ?? source.contentType ?? Self.unknownContentType }

  /// Begins to read, with everything known about the bytes.
  ///
  /// - Throws: why they cannot be opened, or that they were read already and cannot be read again.
  package func open() async throws(RuntimeError) -> ResourceReader {
    var reader = try await source.open()
    reader.contentType = declaredContentType ?? reader.contentType ?? contentType
    reader.filename = filename ?? reader.filename
    return reader
  }

  /// All bytes.
  ///
  /// - Throws: a `protocol` error when there are more than ``Value/drainLimit``, and why they cannot be read.
  package func bytes() async throws(RuntimeError) -> [UInt8] { try await source.bytes() }
}
