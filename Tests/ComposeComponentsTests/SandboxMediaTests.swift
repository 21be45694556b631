import ComposeComponents
import ComposeHTTP
import ComposeRuntime
import Testing

/// Vectors, pictures, sound and transcripts of the sandbox.
@Suite struct SandboxMediaTests {
  private let sandbox = SandboxClient()

  @Test(arguments: [("text-embedding-3-small", 1536), ("text-embedding-3-large", 3072)])
  func embeddingsHaveLengthOne(_ model: String, _ dimensions: Int) async throws {
    let body = #"{"model": "\#(model)", "input": ["A green tree", "Trees are green", "Money in the bank"]}"#
    let answer = try await sandbox.document("/embeddings", body)
    var vectors: [[Double]] = []
    for index in 0..<3 {
      guard case .list(let numbers) = answer.member("data").element(at: index).member("embedding") else { continue }
      vectors.append(numbers.map { Double($0.jsonText) ?? .nan })
    }
    func product(_ first: Int, _ second: Int) -> Double {
      zip(vectors[first], vectors[second]).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(vectors.allSatisfy { $0.count == dimensions })
    for index in 0..<3 { #expect(abs(product(index, index) - 1) < 1e-4) }
    #expect(product(0, 1) > product(0, 2) + 0.3)
    #expect(try await sandbox.document("/embeddings", body).jsonText == answer.jsonText)
  }

  @Test func embeddingsInBase64AreTheSame() async throws {
    func embedding(_ more: String) async throws -> Value {
      let body = #"{"model": "m", "input": "Hi", "dimensions": 3\#(more)}"#
      return try await sandbox.document("/embeddings", body).member("data").element(at: 0).member("embedding")
    }
    let numbers = try await embedding("")
    let bytes = try Base64.decode(try await embedding(#", "encoding_format": "base64""#).textForTest ?? "")
    #expect(bytes.count == 12)
    for index in 0..<3 {
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index * 4 + $1]) << (8 * UInt32($1)) }
      let expected = Double(numbers.element(at: index).jsonText) ?? .nan
      #expect(abs(Double(Float(bitPattern: bits)) - expected) < 1e-6)
    }
  }

  @Test func picturesComeAsBytesOrAtAnAddress() async throws {
    let bytes = try await sandbox.document(
      "/images/generations", #"{"model": "gpt-image-1", "prompt": "A tree", "n": 2}"#)
    let first = try Base64.decode(bytes.member("data").element(at: 0).member("b64_json").textForTest ?? "")
    #expect(first.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    #expect(bytes.member("data").element(at: 1).member("b64_json").textForTest != Base64.encode(first))

    let address = try await sandbox.document("/images/generations", #"{"model": "dall-e-3", "prompt": "A tree"}"#)
    let url = try #require(address.member("data").element(at: 0).member("url").textForTest)
    let response = try await SandboxClient.transport().send(HTTPRequest(method: "GET", url: url))
    #expect(response.header("content-type") == "image/png")
    #expect(try await response.body.collect(upTo: 1 << 20) == first)
  }

  @Test(arguments: [("wav", "RIFF"), ("pcm", ""), ("mp3", "")])
  func speechIsSound(_ format: String, _ start: String) async throws {
    let response = try await sandbox.send(
      "/audio/speech", #"{"model": "m", "input": "Good day", "voice": "coral", "response_format": "\#(format)"}"#)
    let bytes = try await response.body.collect(upTo: 1 << 22)
    #expect(response.header("content-type") == (format == "mp3" ? "audio/mpeg" : "audio/\(format)"))
    #expect(bytes.starts(with: start.utf8))
    if format == "mp3" {
      // Every frame begins with its mark.
      #expect(bytes.count % 96 == 0)
      for position in stride(from: 0, to: bytes.count, by: 96) { #expect(bytes[position] == 0xFF) }
    } else {
      #expect(bytes.count == 2 * 12_000 + (format == "wav" ? 44 : 0))
    }
  }

  @Test(arguments: [("json", "{\"text\":"), ("text", "This is what"), ("vtt", "WEBVTT"), ("srt", "1\n00:00:00,000")])
  func transcribesAForm(_ format: String, _ start: String) async throws {
    let body = [
      "--B", "Content-Disposition: form-data; name=\"model\"", "", "whisper-1",
      "--B", "Content-Disposition: form-data; name=\"response_format\"", "", format,
      "--B", "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"", "Content-Type: audio/wav", "", "RIFF",
      "--B--", "",
    ].joined(separator: "\r\n")
    let response = try await sandbox.send(
      "/audio/transcriptions", body, headers: [HTTPField("Content-Type", "multipart/form-data; boundary=B")])
    let text = String(decoding: try await response.body.collect(upTo: 1 << 20), as: UTF8.self)
    #expect(response.status == 200 && text.hasPrefix(start) && text.contains("a.wav, a file of 4 bytes"), "\(text)")
  }
}
