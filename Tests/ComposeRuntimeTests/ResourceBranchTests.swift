import ComposeRuntime
import ComposeTestSupport
import Testing

/// One resource for several readers.
@Suite struct ResourceBranchTests {
  private func branches(
    _ source: some ResourceSource, count: Int = 2, bufferSize: Int = 2, spool: Bool = false
  ) throws -> [Resource] {
    let resource = Resource(
      .pcm, source: source, filename: "a.pcm", format: "s16le", attributes: ["sample_rate": .integer(8000)])
    return try Value.resource(resource).branches(count, bufferSize: bufferSize, spool: spool).compactMap { branch in
      guard case .resource(let resource) = branch else { return nil }
      return resource
    }
  }

  private func once(_ pieces: String...) -> OnceSource { OnceSource(pieces.map { Array($0.utf8) }) }

  @Test(arguments: [false, true]) func whatCanBeReadAgainIsShared(_ spool: Bool) async throws {
    try await withTemporaryFolder { folder in
      try Files.write("abc", to: folder.path + "/a")
      let base64 = try await Conversion("file", format: "base64")(.text("YWJj"))
      let uri = try await Conversion("file", format: "data-uri")(.text("data:text/plain,abc"))
      let file = try await Conversion("file", format: "path")(.text(folder.path + "/a"))
      let mapped = try file.mappingErrors { $0 }
      for value in [.resource(Resource(.bytes, source: BytesSource(Array("abc".utf8)))), base64, uri, file, mapped] {
        guard case .resource(let resource) = value else {
          Issue.record("no resource")
          continue
        }
        for branch in try value.branches(3, spool: spool) {
          guard case .resource(let branch) = branch else { continue }
          #expect(branch === resource)
          for _ in 0..<2 { #expect(try await branch.bytes() == Array("abc".utf8)) }
        }
      }
    }
  }

  @Test(arguments: [false, true]) func whatIsKnownOfTheBytesStays(_ spool: Bool) async throws {
    let source = once("ab", "c")
    for branch in try branches(source, spool: spool) {
      #expect((branch.kind, branch.format, branch.filename) == (.pcm, "s16le", "a.pcm"))
      #expect(branch.attributes["sample_rate"]?.jsonText == "8000")
      #expect(branch.contentType == "text/early")
      let reader = try await branch.open()
      #expect((reader.contentType, reader.filename) == ("text/late", "a.pcm"))
      #expect(await reader.rest() == "abc")
    }
    #expect(source.counts.opens == 1)
  }

  @Test(arguments: [false, true]) func nothingIsOpenedBeforeABranchIs(_ spool: Bool) throws {
    let source = once("ab")
    _ = try branches(source, spool: spool)
    #expect(source.counts.opens == 0)
  }

  @Test func branchesShareOneReadingAndTakeItOnce() async throws {
    let source = once("a", "b", "c", "d")
    let branches = try self.branches(source)
    let first = try await branches[0].open()
    let second = try await branches[1].open()
    #expect(source.counts.pulls == 1)
    for piece in ["a", "b", "c"] { #expect(try await first.next() == Array(piece.utf8)) }
    #expect(source.counts.pulls == 3)
    #expect(await second.rest() == "abcd")
    #expect(await first.rest() == "d")
    await #expect { try await branches[0].open() } throws: {
      ($0 as? RuntimeError)?.message.contains("spool") == true
    }
  }

  @Test(arguments: [false, true]) func errorsReachEveryBranch(_ spool: Bool) async throws {
    let lost = RuntimeError(.connection, "lost")
    let source = OnceSource([Array("ab".utf8)], failure: lost)
    for branch in try branches(source, spool: spool) {
      let reader = try await branch.open()
      #expect(await reader.rest() == "ab!")
    }
    let refused = OnceSource([], openingFailure: RuntimeError(.value, "404"))
    for branch in try branches(refused, spool: spool) {
      await #expect { try await branch.open() } throws: { ($0 as? RuntimeError)?.message == "404" }
    }
    #expect(refused.counts.opens == 1)
  }

  @Test func aBranchThatNobodyHoldsHoldsNobodyUp() async throws {
    let source = once("a", "b", "c", "d", "e", "f")
    var branches = try self.branches(source)
    let first = try await branches[0].open()
    let second = try await branches[1].open()
    second.cancel()
    branches.removeLast()
    #expect(await first.rest() == "abcdef")
    let given = once("a", "b")
    let readers = try self.branches(given)
    for branch in readers {
      let reader = try await branch.open()
      reader.cancel()
    }
    #expect(given.counts.cancels == 1)
  }
}
