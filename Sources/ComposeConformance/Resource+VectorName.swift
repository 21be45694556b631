import ComposeRuntime

/// The names of resources in vectors are those of the reference's classes, of which there are more than our kinds.
extension Resource {
  /// The content types of the sorts that always have one.
  static let defaultContentTypes = ["pcm": "audio/pcm", "text": "text/plain; charset=utf-8"]

  var vectorName: String {
    switch kind {
    case .bytes where contentType.hasPrefix("text/plain"): "text"
    case .bytes: source is BytesSource ? "bytes" : "Base64StreamResource"
    case .file: "FileStreamResource"
    case .image, .audio, .pcm, .wav, .video, .model: kind.rawValue
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
