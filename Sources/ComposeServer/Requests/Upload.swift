import ComposeBasic
import ComposeRuntime
import Hummingbird

/// The bytes of a file while they arrive: in memory at first, in a temporary file without a name when they are many.
struct Upload {
  /// How many bytes are held in memory.
  static let memoryLimit = 256 * 1024

  private var bytes: [UInt8] = []
  private var file: SpoolFile?
  private var length = 0

  var isEmpty: Bool { length == 0 }

  /// - Throws: that there is no room for the bytes. The message names no place on this machine.
  mutating func append(_ piece: some Collection<UInt8>) throws(ErrorAnswer) {
    bytes += piece
    length += piece.count
    if length > Self.memoryLimit { try spill() }
  }

  /// The file as a value.
  ///
  /// - Parameters:
  ///   - filename: as the client calls it.
  ///   - contentType: as the client says.
  mutating func finish(filename: String, contentType: String?) throws(ErrorAnswer) -> Value {
    if file != nil { try spill() }
    let source: any ResourceSource = file.map { SpoolFileSource($0, length: length) } ?? BytesSource(bytes)
    let contentType = contentType.flatMap { $0.isEmpty ? nil : $0 }
    return .resource(
      Resource(
        Self.kind(of: contentType), source: source, contentType: contentType, filename: Self.cleaned(filename)))
  }

  private mutating func spill() throws(ErrorAnswer) {
    do throws(RuntimeError) {
      let file = if let file { file } else { try SpoolFile(in: SpoolFile.temporaryFolder) }
      self.file = file
      try file.write(bytes, at: length - bytes.count)
    } catch {
      throw ErrorAnswer(
        HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"), "no-space",
        "There is no room to keep the uploaded files.")
    }
    bytes.removeAll(keepingCapacity: true)
  }

  private static func kind(of contentType: String?) -> Resource.Kind {
    switch contentType?.lowercased().prefix(while: { $0 != "/" }) {
    case "image": .image
    case "audio": .audio
    case "video": .video
    default: .file
    }
  }

  /// The name without folders, of whatever system, and without characters that are not seen; `nil` when nothing is left.
  static func cleaned(_ filename: String) -> String? {
    let last = filename.split { $0 == "/" || $0 == "\\" }.last ?? ""
    let scalars = last.unicodeScalars.filter { !Self.isUnseen($0) }.prefix(255)
    let name = String(String.UnicodeScalarView(scalars)).trimmingBlanks
    return name.allSatisfy { $0 == "." } ? nil : name
  }

  /// Controls, and the marks that show a text in another order than it has.
  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
