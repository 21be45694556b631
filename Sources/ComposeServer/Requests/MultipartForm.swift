import ComposeRuntime

/// A body of `multipart/form-data` while it arrives: texts and files with their names.
struct MultipartForm {
  /// The most files of one form.
  static let maximumFileCount = 100

  private(set) var fields = FormFields()
  private var reader: MultipartReader
  private var part: Part?
  private var fileCount = 0

  private enum Part {
    case text(PartHead, [UInt8])
    case file(PartHead, filename: String, Upload)
  }

  init(boundary: String) { reader = MultipartReader(boundary: boundary) }

  /// - Throws: what is wrong with the form so far.
  mutating func read(_ piece: some Collection<UInt8>) throws(ErrorAnswer) {
    // Both are parts of `self`, and one calls the other.
    var reader = reader
    self.reader = MultipartReader(boundary: "")
    defer { self.reader = reader }
    try reader.read(piece) { (event) throws(ErrorAnswer) in try handle(event) }
  }

  /// - Throws: when the form is not complete.
  func finish() throws(ErrorAnswer) { try reader.finish() }

  private mutating func handle(_ event: MultipartReader.Event) throws(ErrorAnswer) {
    switch (event, part) {
    case (.head(let head), _): part = try begin(head)
    case (.body(let bytes), .text(let head, var text)):
      part = nil
      text += bytes
      part = .text(head, text)
    case (.body(let bytes), .file(let head, let filename, var upload)):
      part = nil
      try upload.append(bytes)
      part = .file(head, filename: filename, upload)
    case (.end, .text(let head, let bytes)):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .invalidField(head.name, "its text is not in UTF-8; send it as a file")
      }
      try fields.append(.text(text), named: head.name)
    case (.end, .file(let head, let filename, var upload)): try end(head, filename, &upload)
    case (.body, nil), (.end, nil): break
    }
  }

  private mutating func begin(_ head: PartHead) throws(ErrorAnswer) -> Part {
    guard let filename = head.filename else { return .text(head, []) }
    fileCount += 1
    if fileCount > Self.maximumFileCount { throw .invalidBody("it has more than \(Self.maximumFileCount) files") }
    return .file(head, filename: filename, Upload())
  }

  private mutating func end(_ head: PartHead, _ filename: String, _ upload: inout Upload) throws(ErrorAnswer) {
    // What a browser sends for a field in which no file was chosen.
    if filename.isEmpty, upload.isEmpty { return }
    guard head.name.prefix(while: { $0 != "[" }) == "input" else {
      throw .invalidField(head.name, "only 'input' takes files")
    }
    try fields.append(try upload.finish(filename: filename, contentType: head.contentType), named: head.name)
  }
}
