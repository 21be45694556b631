import ComposeRuntime
import ComposeTestSupport
import Testing

/// Files that conversions read.
@Suite struct FileSourceTests {
  private static let folder = Files.repository + "/Fixtures/conformance"
  private let context = ConversionContext(folder: Self.folder, home: Self.folder + "/fixtures")

  private func text(_ path: String, format: String = "path") async throws(RuntimeError) -> Value {
    try await Conversion("text", format: format, context: context)(.text(path))
  }

  @Test(arguments: ["fixtures/note.txt", "./fixtures/note.txt", "~/note.txt", folder + "/fixtures/note.txt"])
  func pathsAreRelativeToTheFolderAndTheHome(_ path: String) async throws {
    #expect(try await text(path).isIdentical(to: .text("line one\nline two\n")))
  }

  @Test func aTildeElsewhereIsAName() async {
    for path in ["fixtures/~/note.txt", "~nobody/note.txt"] {
      await #expect { try await text(path) } throws: { ($0 as? RuntimeError)?.code == .value }
    }
  }

  @Test(
    arguments: [
      ("file://%@/fixtures/note.txt", true), ("file://localhost%@/fixtures/note.txt", true),
      ("FILE:%@/fixtures/n%6Fte.txt", true), ("file://other%@/fixtures/note.txt", false),
      ("file:%@/fixtures", false),
    ])
  func fileURLs(_ pattern: String, _ isReadable: Bool) async throws {
    let parts = pattern.split(separator: "%@").map(String.init)
    let url = parts.joined(separator: Self.folder)
    guard isReadable else {
      await #expect(throws: RuntimeError.self) { try await text(url, format: "url") }
      return
    }
    #expect(try await text(url, format: "url").isIdentical(to: .text("line one\nline two\n")))
  }

  @Test(arguments: [
    ("absent.txt", "no such file"), ("fixtures", "folder"), ("/dev/null", "regular"),
    ("fixtures/note.txt\0.png", "NUL"),
  ])
  func whatIsNoFileFailsAtOnce(_ path: String, _ part: String) async {
    for type in ["text", "file", "audio"] {
      await #expect {
        try await Conversion(type, format: "path", context: context)(.text(path))
      } throws: { ($0 as? RuntimeError)?.message.contains(part) == true }
    }
  }

  @Test func aServiceReadsNoFilesThroughURLs() async throws {
    let context = ConversionContext(allowsFileURLs: false)
    for path in ["file:///etc/hostname", "FILE:/etc/hostname", "file://localhost/etc/hostname"] {
      await #expect { try await Conversion("text", format: "url", context: context)(.text(path)) } throws: {
        ($0 as? RuntimeError)?.code == .unsupported
      }
    }
  }

  @Test func aFileIsOpenedWhenItIsRead() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.path + "/sound.Mp3"
      try Files.write([1, 2, 3], to: path)
      guard case .resource(let resource) = try await Conversion("audio", format: "path")(.text(path)) else {
        Issue.record("no resource")
        return
      }
      #expect((resource.filename, resource.format, resource.contentType) == ("sound.Mp3", "mp3", "audio/mpeg"))
      try Files.write([UInt8](repeating: 9, count: 200_000), to: path)
      #expect(try await resource.bytes() == [UInt8](repeating: 9, count: 200_000))
      Files.remove(path)
      await #expect(throws: RuntimeError.self) { try await resource.bytes() }
    }
  }
}
