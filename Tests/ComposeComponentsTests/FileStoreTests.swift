import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeTestSupport
import Glibc
import Synchronization
import Testing

@testable import ComposeComponents

/// Reading and listing, where the reference does otherwise and where something goes wrong.
@Suite struct FileStoreTests {
  @Test func whatIsNoFileIsNotRead() async throws {
    try await withTemporaryFolder { folder in
      mkfifo(folder.path + "/pipe", 0o600)
      let file = try fileStore(folder.path)
      #expect(
        await failure { try await file.call("get", json: #"{"path": "pipe"}"#) }.hasSuffix("it is no regular file"))
      #expect(await failure { try await file.call("get", json: #"{"path": ""}"#) }.hasSuffix("it is a folder"))
      #expect(
        await failure { try await file.call("get", json: #"{"path": "none"}"#) }
          == "value: 'none' cannot be read: there is no such file")
      #expect(
        await failure { try await file.call("get", json: #"{"path": "a\u0000b"}"#) }.hasSuffix(
          "a path cannot hold a NUL"))
      await file.host.stop()
    }
  }

  /// The file is read when somebody asks for it, and then it is the file of that moment.
  @Test func aStreamedFileIsReadWhenItIsAskedFor() async throws {
    try await withTemporaryFolder { folder in
      let file = try fileStore(folder.path)
      try await file.call("put", json: #"{"path": "f.txt", "source": "old"}"#)
      guard
        case .object(let result) = try await file.call(
          "get", .object(["path": .text("f.txt"), "streaming": .boolean(true)])),
        case .resource(let resource)? = result["content"]
      else {
        Issue.record("no resource")
        return
      }
      #expect(openFiles(in: folder.path).isEmpty)
      try await file.call("put", json: #"{"path": "f.txt", "source": "newer"}"#)
      #expect(try await resource.bytes() == Array("newer".utf8))
      try await file.call("put", json: #"{"path": "f.txt", "source": "newest"}"#)
      #expect(try await resource.bytes() == Array("newest".utf8))
      try await file.call("delete", json: #"{"path": "f.txt"}"#)
      #expect(await failure { _ = try await resource.bytes() }.hasSuffix("there is no such file"))
      await file.host.stop()
    }
  }

  @Test func aFileThatIsTooLargeToHold() async throws {
    try await withTemporaryFolder { folder in
      let path = try folder.write("", to: "big")
      truncate(path, off_t(Value.drainLimit + 1))
      let file = try fileStore(folder.path)
      #expect(
        await failure { try await file.call("get", json: #"{"path": "big"}"#) }.contains(
          "'streaming: true' or 'save_to'"))
      await file.host.stop()
    }
  }

  @Test func savingAFileOverItself() async throws {
    try await withTemporaryFolder { folder in
      let path = try folder.write("content", to: "f")
      chmod(path, 0o640)
      symlink("f", folder.path + "/link")
      let file = try fileStore(folder.path)
      _ = try await file.call("get", .object(["path": .text("f"), "save_to": .text(folder.path + "/link")]))
      #expect(try folder.read("f") == "content")
      var status = stat()
      #expect(lstat(folder.path + "/link", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
      #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o640)
      await file.host.stop()
    }
  }

  // MARK: Listing

  @Test func namesThatAreNoText() async throws {
    try await withTemporaryFolder { folder in
      let name = Array((folder.path + "/x").utf8CString.dropLast()) + [CChar(bitPattern: 0xFF), 0]
      close(open(name, O_CREAT | O_WRONLY, 0o600))
      let file = try fileStore(folder.path)
      let list = try await file.call("list", json: "{}")
      #expect(list.contains("\"path\": \"x\u{FFFD}\""))
      #expect(list.contains("/x%FF\""))
      await file.host.stop()
    }
  }

  @Test func manyFiles() async throws {
    try await withTemporaryFolder { folder in
      for number in 0..<2000 { close(open(folder.path + "/f\(number)", O_CREAT | O_WRONLY, 0o600)) }
      let file = try fileStore(folder.path)
      #expect(try await file.call("list", json: #"{"pattern": "*9"}"#).contains("\"count\": 200,"))
      await file.host.stop()
    }
  }

  // MARK: Leaks

  @Test func nothingIsLeftOpen() async throws {
    try await withTemporaryFolder { folder in
      let file = try fileStore(folder.path)
      for number in 0..<200 {
        try await file.call("put", json: #"{"path": "d/f", "source": "x"}"#)
        try await file.call("get", json: #"{"path": "d/f"}"#)
        if number % 10 == 0 { try await file.call("list", json: #"{"path": "", "recursive": true}"#) }
        _ = try? await file.call("get", json: #"{"path": "none"}"#)
      }
      #expect(openFiles(in: folder.path).isEmpty)
      await file.host.stop()
    }
  }

  @Test func otherDriversAreRefused() throws {
    let file = try StoreFile("type: file-store, driver: aws-s3, bucket: b", ["exists": ["path"]])
    let refusals = refusals(of: file.plan.workflows, in: file.plan, host: file.host)
    #expect(refusals.map(\.message) == ["the driver 'aws-s3' of file-store is not run by this version; it runs local"])
  }
}
