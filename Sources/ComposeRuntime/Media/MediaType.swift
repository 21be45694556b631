/// The types of `as` that give a resource (language specification, section 8.2).
package enum MediaType: String, CaseIterable, Hashable, Sendable {
  case image
  case audio
  case video
  case model = "model-3d"
  case file

  /// What a subtype means as a content type.
  ///
  /// - Parameter format: the subtype. Only pictures are particular about its case, as in the reference.
  func contentType(of format: String?) -> String {
    guard let format else { return Resource.unknownContentType }
    let known: String? =
      switch self {
      case .image: Self.images[format]
      case .audio: Self.sounds[format.lowercased()]
      case .video: Self.videos[format.lowercased()]
      case .model: Self.models[format.lowercased()]
      case .file: nil
      }
    return known ?? Resource.unknownContentType
  }

  private static let images = [
    "png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg", "webp": "image/webp", "bmp": "image/bmp",
    "gif": "image/gif", "tiff": "image/tiff", "ico": "image/x-icon",
  ]

  private static let sounds = [
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "mp4": "audio/mp4", "aac": "audio/aac", "flac": "audio/flac",
    "ogg": "audio/ogg", "opus": "audio/opus", "webm": "audio/webm", "wav": "audio/wav", "pcm": "audio/pcm",
  ]

  private static let videos = [
    "mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/quicktime", "webm": "video/webm",
    "mkv": "video/x-matroska", "avi": "video/x-msvideo", "flv": "video/x-flv", "wmv": "video/x-ms-wmv",
    "mpeg": "video/mpeg", "mpg": "video/mpeg", "ts": "video/mp2t", "3gp": "video/3gpp", "ogv": "video/ogg",
    "gif": "image/gif",
  ]

  private static let models = [
    "glb": "model/gltf-binary", "gltf": "model/gltf+json", "obj": "model/obj", "stl": "model/stl",
    "usdz": "model/vnd.usdz+zip",
  ]
}
