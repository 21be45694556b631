import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeTestSupport
import Glibc
import Synchronization
import Testing

@testable import ComposeComponents

/// No path leads out of the folder of a store.
@Suite struct FileStorePathTests {
  @Test(arguments: ["../x", "a/../../x", "/etc/passwd", "..", "/", "sub/../../x", "//etc/passwd"])
  func pathsLeadNowhereElse(_ path: String) async throws {
    try await withTemporaryFolder { folder in
      try folder.write("outside", to: "x")
      let file = try fileStore(folder.path + "/store")
      for method in ["put", "get", "delete", "exists", "list"] {
        let input = Value.object(["path": .text(path), "source": .text("bad")])
        let message = await failure { _ = try await file.call(method, input) }
        #expect(message.contains("the path leads out of the folder of the store"), "\(method) \(path): \(message)")
      }
      #expect(try folder.read("x") == "outside")
      await file.host.stop()
    }
  }

  /// The reference follows them.
  @Test func linksLeadNowhereElse() async throws {
    try await withTemporaryFolder { folder in
      try folder.write("outside", to: "out/x.txt")
      try Files.makeFolder(folder.path + "/store/sub")
      symlink("../out", folder.path + "/store/relative")
      symlink(folder.path + "/out", folder.path + "/store/absolute")
      symlink("../../out/x.txt", folder.path + "/store/sub/file")
      symlink("/etc/passwd", folder.path + "/store/sub/passwd")
      let file = try fileStore(folder.path + "/store")
      for path in ["relative/x.txt", "absolute/x.txt", "sub/file", "sub/passwd"] {
        for method in ["get", "exists"] {
          let message = await failure { _ = try await file.call(method, .object(["path": .text(path)])) }
          #expect(message.contains("leads out of the folder"), "\(method) \(path): \(message)")
        }
      }
      for path in ["relative/new.txt", "absolute/x.txt"] {
        for method in ["put", "delete"] {
          let input = Value.object(["path": .text(path), "source": .text("bad")])
          let message = await failure { _ = try await file.call(method, input) }
          #expect(message.contains("leads out of the folder"), "\(method) \(path): \(message)")
        }
      }
      for path in ["relative", "absolute"] {
        let message = await failure { _ = try await file.call("list", .object(["path": .text(path)])) }
        #expect(message.contains("leads out of the folder"), "\(path): \(message)")
      }
      // A link at the end of the path is itself replaced and deleted, not what it leads to.
      try await file.call("put", json: #"{"path": "sub/file", "source": "mine"}"#)
      try await file.call("delete", json: #"{"path": "sub/passwd"}"#)
      #expect(try folder.read("store/sub/file") == "mine")
      #expect(try folder.read("out/x.txt") == "outside")
      #expect(try fileNames(in: folder.path + "/out") == ["x.txt"])
      await file.host.stop()
    }
  }

  @Test func linksInACircleEnd() async throws {
    try await withTemporaryFolder { folder in
      symlink("b", folder.path + "/a")
      symlink("a", folder.path + "/b")
      let file = try fileStore(folder.path)
      #expect(await failure { try await file.call("get", json: #"{"path": "a"}"#) }.contains("too many links"))
      #expect(try await file.call("exists", json: #"{"path": "a/x"}"#) == #"{"path": "a/x", "exists": false}"#)
      await file.host.stop()
    }
  }

  /// Somebody changes a folder into a link and back all the time; not once must the file outside be read or written.
  @Test(.timeLimit(.minutes(5)))
  func aLinkThatComesInBetween() async throws {
    try await withTemporaryFolder { folder in
      try folder.write("outside", to: "out/f")
      try folder.write("inside", to: "store/real/f")
      try Files.makeFolder(folder.path + "/store/d")
      let (store, isDone) = (folder.path + "/store", Flag())
      symlink("../out", store + "/link")
      symlink("real", store + "/inner")
      runOnOwnThread {
        while !isDone.isSet {
          for name in ["link", "inner"] {
            rename(store + "/d", store + "/kept")
            rename(store + "/" + name, store + "/d")
            rename(store + "/d", store + "/" + name)
            rename(store + "/kept", store + "/d")
          }
        }
        isDone.finish()
      }
      let folderStore = LocalFolder(StoreBase(store))
      for number in 0..<2000 {
        if let (_, source) = try? folderStore.file("d/f"), let bytes = try? await source.bytes() {
          #expect(bytes == Array("inside".utf8))
        }
        if number % 20 == 0 {
          _ = try? await folderStore.put("d/g", SourceBytes(.text("x")), contentType: nil)
        }
      }
      isDone.set()
      await isDone.wait()
      #expect(try fileNames(in: folder.path + "/out") == ["f"])
      folderStore.stop()
    }
  }
}
