import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeTestSupport
import Glibc
import Synchronization
import Testing

@testable import ComposeComponents

/// What is written is there as a whole or not at all.
@Suite struct FileStoreWriteTests {
  /// Readers see a whole file at any time, and of several writers one wins. The reference's writers share a file.
  @Test func writersAndReadersOfOneName() async throws {
    try await withTemporaryFolder { folder in
      let file = try fileStore(folder.path)
      let contents = (0..<8).map { number in String(repeating: "\(number)", count: 100_000 + number) }
      try await file.call("put", json: #"{"path": "f", "source": "start"}"#)
      try await withThrowingTaskGroup { group in
        for number in 0..<80 {
          group.addTask {
            _ = try await file.call("put", .object(["path": .text("f"), "source": .text(contents[number % 8])]))
          }
          group.addTask {
            guard case .object(let result) = try await file.call("get", .object(["path": .text("f")])),
              case .bytes(let bytes)? = result["content"]
            else { throw TestSupportError("no content") }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(text == "start" || contents.contains(text), "\(text.utf8.count) bytes")
          }
        }
        try await group.waitForAll()
      }
      #expect(contents.contains(try folder.read("f")))
      #expect(try fileNames(in: folder.path) == ["f"])
      await file.host.stop()
    }
  }

  @Test func nothingIsLeftOfAWriteThatFails() async throws {
    try await withTemporaryFolder { folder in
      let file = try fileStore(folder.path)
      try await file.call("put", json: #"{"path": "f", "source": "old"}"#)
      let pieces = Mutex(0)
      let stream = ValueStream(
        .bare,
        next: { () async throws(RuntimeError) in
          let count = pieces.withLock { pieces in
            pieces += 1
            return pieces
          }
          if count == 20 { throw RuntimeError(.connection, "the connection was lost") }
          return .bytes([UInt8](repeating: 1, count: 10_000))
        })
      let message = await failure {
        _ = try await file.call("put", .object(["path": .text("f"), "source": .stream(stream)]))
      }
      #expect(message == "connection: the connection was lost")
      #expect(try folder.read("f") == "old")
      #expect(try fileNames(in: folder.path) == ["f"])
      await file.host.stop()
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func nothingIsLeftOfAWriteThatIsCancelled() async throws {
    try await withTemporaryFolder { folder in
      let file = try fileStore(folder.path)
      let (begun, isGivenUp) = (Flag(), Flag())
      let stream = ValueStream(
        .bare,
        next: { () async throws(RuntimeError) in
          begun.finish()
          await isGivenUp.wait()
          return nil
        },
        cancel: { isGivenUp.finish() })
      let task = Task {
        try await file.call("put", .object(["path": .text("f"), "source": .stream(stream)]))
      }
      await begun.wait()
      // It is there, but nobody sees it.
      #expect(try fileNames(in: folder.path).count == 1)
      #expect(try await file.call("list", json: "{}") == #"{"items": [], "count": 0, "next_token": null}"#)
      task.cancel()
      await #expect(throws: RuntimeError.self) { try await task.value }
      #expect(try fileNames(in: folder.path) == [])
      await file.host.stop()
    }
  }

  /// What is written is taken piece by piece, and nothing is read ahead.
  @Test func aLargeFileIsNeverHeld() async throws {
    try await withTemporaryFolder { folder in
      let folderStore = LocalFolder(StoreBase(folder.path))
      let count = 1024
      let produced = Mutex(0)
      let source = ValueStream(
        .bare,
        next: { () async throws(RuntimeError) in
          let number = produced.withLock { produced in
            produced += 1
            return produced
          }
          return number > count ? nil : .bytes([UInt8](repeating: UInt8(number % 256), count: 65_536))
        })
      let result = try await folderStore.put("big", SourceBytes(.stream(source)), contentType: nil)
      #expect(result.jsonText.contains("\"size\": 67108864"))
      let (_, stored) = try folderStore.file("big")
      let reader = try await stored.open()
      var (length, largest) = (0, 0)
      while let piece = try await reader.next() {
        length += piece.count
        largest = max(largest, piece.count)
      }
      #expect(length == count * 65_536)
      #expect(largest <= Descriptor.pieceSize)
      folderStore.stop()
    }
  }

  /// The reference adds `.tmp`, for which there is no room.
  @Test func theLongestName() async throws {
    try await withTemporaryFolder { folder in
      let file = try fileStore(folder.path)
      let name = String(repeating: "n", count: 255)
      _ = try await file.call("put", .object(["path": .text(name), "source": .text("x")]))
      #expect(try fileNames(in: folder.path) == [name])
      let longer = await failure {
        _ = try await file.call("put", .object(["path": .text(name + "n"), "source": .text("x")]))
      }
      #expect(longer.hasSuffix("cannot be written: the name is too long"))
      await file.host.stop()
    }
  }

  /// The reference overwrites it on its way.
  @Test func aFileNamedTmpIsNobodyElses() async throws {
    try await withTemporaryFolder { folder in
      let file = try fileStore(folder.path)
      try await file.call("put", json: #"{"path": "f.tmp", "source": "mine"}"#)
      try await file.call("put", json: #"{"path": "f", "source": "other"}"#)
      #expect(try folder.read("f.tmp") == "mine")
      await file.host.stop()
    }
  }

  @Test func aFolderThatMustNotBeWrittenTo() async throws {
    let file = try fileStore("/sys/kernel")
    let message = await failure { try await file.call("put", json: #"{"path": "f", "source": "x"}"#) }
    #expect(message.hasPrefix("value: 'f' cannot be written: "), "\(message)")
    await file.host.stop()
  }

  @Test(arguments: [ENOSPC, EDQUOT])
  func aFullDisk(_ number: Int32) {
    let error = FileFault.system(number).error("a/b.txt", "cannot be written")
    #expect(error.message == "'a/b.txt' cannot be written: there is no space left")
  }

  @Test func theStoreNeedsAFolder() async throws {
    try await withTemporaryFolder { folder in
      let path = try folder.write("a file", to: "f")
      let file = try fileStore(path)
      #expect(
        await failure { try await file.start() }
          == "value: '\(path)' cannot be the folder of the store: a part of the path is no folder")
      let inside = try fileStore(path + "/g")
      #expect(await failure { try await inside.start() }.contains("a part of the path is no folder"))
    }
  }

  @Test func aFolderThatIsTakenAwayIsMadeAnew() async throws {
    try await withTemporaryFolder { folder in
      let file = try fileStore(folder.path + "/a/b")
      try await file.start()
      Files.remove(folder.path + "/a")
      #expect(try await file.call("exists", json: #"{"path": "f"}"#) == #"{"path": "f", "exists": false}"#)
      try await file.call("put", json: #"{"path": "f", "source": "x"}"#)
      #expect(try folder.read("a/b/f") == "x")
      await file.host.stop()
    }
  }
}
