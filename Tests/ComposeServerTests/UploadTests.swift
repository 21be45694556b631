import ComposePlan
import ComposeRuntime
import ComposeTestSupport
import Hummingbird
import NIOCore
import Testing

@testable import ComposeServer

/// Files in forms.
@Suite struct UploadTests {
  private struct File {
    var field = "input[file]"
    var filename: String? = "a.txt"
    var type: String?
    var body: [UInt8] = Array("hello".utf8)
  }

  private func read(_ files: File..., limit: Int = 4 << 20) async throws -> RunRequest {
    var body: [UInt8] = []
    for file in files {
      let filename = file.filename.map { "; filename=\"\($0)\"" } ?? ""
      let type = file.type.map { "\r\nContent-Type: \($0)" } ?? ""
      body += Array("--x\r\nContent-Disposition: form-data; name=\"\(file.field)\"\(filename)\(type)\r\n\r\n".utf8)
      body += file.body + Array("\r\n".utf8)
    }
    body += Array("--x--\r\n".utf8)
    let pieces = stride(from: 0, to: body.count, by: 50_000).map { ByteBuffer(bytes: body[$0...].prefix(50_000)) }
    let stream = AsyncStream<ByteBuffer> { continuation in
      for piece in pieces { continuation.yield(piece) }
      continuation.finish()
    }
    return try await RunRequestReader(plan: smallPlan(workflow("w")), limit: limit).read(
      stream, contentType: "multipart/form-data; boundary=x")
  }

  private func upload(_ request: RunRequest, _ name: String = "file") throws -> Resource {
    guard case .object(let object) = request.input, case .resource(let resource)? = object[name] else {
      throw TestSupportError("no upload '\(name)' in \(request.input)")
    }
    return resource
  }

  @Test(arguments: [
    (nil, Resource.Kind.file, "application/octet-stream"), ("text/plain", .file, "text/plain"),
    ("image/png", .image, "image/png"), ("Audio/MPEG", .audio, "Audio/MPEG"), ("video/mp4", .video, "video/mp4"),
  ])
  func kinds(_ type: String?, _ kind: Resource.Kind, _ contentType: String) async throws {
    let resource = try upload(try await read(File(type: type)))
    #expect(resource.kind == kind && resource.contentType == contentType && resource.filename == "a.txt")
    #expect(try await resource.bytes() == Array("hello".utf8))
  }

  /// Few bytes stay in memory, and many go to a file without a name; both can be read more than once.
  @Test(arguments: [0, 5, Upload.memoryLimit, Upload.memoryLimit + 1, 1_000_000])
  func sizes(_ size: Int) async throws {
    let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let resource = try upload(try await read(File(body: body)))
    #expect(resource.source.heldBytes == (size <= Upload.memoryLimit ? size : 0))
    #expect(resource.source.length == size && resource.source.isRepeatable)
    #expect(try await resource.bytes() == body)
    #expect(try await resource.bytes() == body)
  }

  @Test func aReadingThatIsGivenUp() async throws {
    let resource = try upload(try await read(File(body: [UInt8](repeating: 1, count: 1_000_000))))
    let reader = try await resource.open()
    #expect(try await reader.next()?.isEmpty == false)
    reader.cancel()
    #expect(try await reader.next() == nil)
    #expect(try await resource.bytes().count == 1_000_000)
  }

  @Test(
    arguments: [
      ("a.txt", "a.txt"), ("/etc/passwd", "passwd"), ("..", nil), ("../..", nil), ("../a", "a"),
      ("C:\\x\\a.txt", "a.txt"),
      ("a/b/", "b"), (" a b .txt ", "a b .txt"), ("a\u{1}\u{7F}\u{85}b", "ab"), ("a\u{202E}gnp.exe", "agnp.exe"),
      ("", nil),
      ("häß.txt", "häß.txt"), (".bashrc", ".bashrc"), ("\u{1}", nil),
    ] as [(String, String?)])
  func filenames(_ given: String, _ cleaned: String?) { #expect(Upload.cleaned(given) == cleaned) }

  @Test func longNamesAreCut() {
    #expect(Upload.cleaned(String(repeating: "a", count: 5000))?.count == 255)
  }

  @Test func severalFilesOfOneName() async throws {
    let request = try await read(
      File(field: "input[f][]"), File(field: "input[f][]", filename: "b"), File(field: "input[g]"))
    guard case .object(let object) = request.input, case .list(let list)? = object["f"] else {
      Issue.record("no list")
      return
    }
    #expect(list.count == 2 && object.count == 2)
  }

  @Test func aFieldWithoutAChosenFile() async throws {
    let request = try await read(File(filename: "", body: []), File(field: "input[text]", filename: nil))
    #expect(request.input.compactText == #"{"text":"hello"}"#)
  }

  @Test(arguments: [
    ("metadata[f]", "the field 'metadata[f]': only 'input' takes files"),
    ("workflow_id", "the field 'workflow_id': only 'input' takes files"),
    ("input[", "the field 'input[': its brackets"),
  ])
  func otherFields(_ field: String, _ problem: String) async throws {
    let refusal = await #expect(throws: ErrorAnswer.self) { try await read(File(field: field)) }
    #expect(refusal?.detail.hasPrefix("Invalid request body: \(problem)") == true, "\(refusal as Any)")
  }

  @Test func aTextThatIsNone() async throws {
    let refusal = await #expect(throws: ErrorAnswer.self) { try await read(File(filename: nil, body: [0xFF])) }
    #expect(refusal?.detail.hasSuffix("the field 'input[file]': its text is not in UTF-8; send it as a file") == true)
  }

  @Test func tooManyFiles() async throws {
    var form = MultipartForm(boundary: "x")
    let part = Array("--x\r\nContent-Disposition: form-data; name=\"input[f][]\"; filename=f\r\n\r\n1\r\n".utf8)
    for _ in 0..<MultipartForm.maximumFileCount { try form.read(part) }
    let refusal = #expect(throws: ErrorAnswer.self) { try form.read(part + Array("--x--".utf8)) }
    #expect(refusal?.detail == "Invalid request body: it has more than 100 files")
  }

  // MARK: Casts

  @Test(arguments: [("text", "hello"), ("base64", "aGVsbG8="), ("markdown", "hello")])
  func texts(_ type: String, _ text: String) async throws {
    let value = Value.resource(try upload(try await read(File(type: "text/plain"))))
    #expect(try await Conversion(type)(value).compactText == "\"\(text)\"")
  }

  @Test(arguments: [
    ("file", "a.bin", "application/octet-stream"), ("image", "a.jpeg", "image/jpeg"), ("audio", "a.mp3", "audio/mpeg"),
    ("video", "a.mp4", "video/mp4"),
  ])
  func media(_ type: String, _ filename: String, _ contentType: String) async throws {
    let value = Value.resource(try upload(try await read(File(filename: filename))))
    guard case .resource(let resource) = try await Conversion(type)(value) else {
      Issue.record("no resource")
      return
    }
    #expect(resource.contentType == contentType && resource.filename == filename)
    #expect(try await resource.bytes() == Array("hello".utf8))
  }
}
