import ComposeTestSupport
import Testing

@Suite struct GoldenTests {
  @Test func recordsWhatIsMissing() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.path + "/deep/new.txt"
      let first = try compareWithGolden("one\n", at: path, updates: false)
      #expect(first == .recorded)
      let second = try compareWithGolden("one\n", at: path, updates: false)
      #expect(second == .same)
    }
  }

  @Test func showsTheDifferenceUnlessToldToRecord() async throws {
    try await withTemporaryFolder { folder in
      let path = try folder.write("one\ntwo\n", to: "old.txt")
      #expect(try compareWithGolden("one\n2\n", at: path, updates: false) == .different("  one\n- two\n+ 2"))
      #expect(try compareWithGolden("one\n2\n", at: path, updates: true) == .recorded)
      #expect(try compareWithGolden("one\n2\n", at: path, updates: true) == .same)
    }
  }

  @Test func seesBytesThatStringsTakeForEqual() async throws {
    try await withTemporaryFolder { folder in
      let path = try folder.write("caf\u{E9}", to: "old.txt")
      #expect(try compareWithGolden("cafe\u{301}", at: path, updates: false) != .same)
    }
  }

  @Test func failsAtTheFirstLineOfTheGolden() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.path + "/new.txt"
      withKnownIssue {
        expectGolden("one", at: path)
      } matching: { issue in
        issue.sourceLocation?.line == 1 && issue.sourceLocation?.fileID == path
          && issue.comments.contains { $0.rawValue.contains("recorded, run again") }
      }
      expectGolden("one", at: path)
    }
  }
}
