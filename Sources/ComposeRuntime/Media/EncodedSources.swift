/// Bytes that a base64 text stands for, decoded when they are read.
struct Base64Source: ResourceSource {
  let text: String

  var heldBytes: Int { text.utf8.count }

  var isRepeatable: Bool { true }

  func open() async throws(RuntimeError) -> ResourceReader { ResourceReader(try Base64.decode(text)) }
}

/// Bytes of a `data:` URI, decoded when they are read.
struct DataURISource: ResourceSource {
  let uri: String

  var heldBytes: Int { uri.utf8.count }

  var isRepeatable: Bool { true }

  var contentType: String? { DataURI(uri)?.mediaType }

  func open() async throws(RuntimeError) -> ResourceReader {
    ResourceReader(try decodeDataURI(uri), contentType: contentType)
  }
}
