import ComposeRuntime

/// The names of resources in vectors are those of the reference's classes, of which there are more than our kinds.
extension Resource {
  /// The content types of the sorts that always have one.
  static let defaultContentTypes = ["pcm": "audio/pcm", "text": "text/plain; charset=utf-8"]

  /// - Parameter isReadable: whether the bytes could be read; files and encoded texts are told apart by it.
  func vectorName(isReadable: Bool) -> String {
    switch kind {
    case .bytes: contentType?.hasPrefix("text/plain") == true ? "text" : "bytes"
    case .file: source is BytesSource ? "bytes" : filename == nil ? "Base64StreamResource" : "FileStreamResource"
    case .image, .audio, .pcm, .video, .model: kind.rawValue
    }
  }
}

extension Resource.Kind {
  init?(vectorName: String) {
    switch vectorName {
    case "text": self = .bytes
    case "FileStreamResource", "Base64StreamResource": self = .file
    default: self.init(rawValue: vectorName)
    }
  }
}
