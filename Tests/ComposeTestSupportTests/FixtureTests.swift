import ComposeTestSupport
import Testing

@Suite struct FixtureTests {
  @Test func findsTheRepository() { #expect(Files.exists(Files.repository + "/Package.swift")) }

  @Test func anEmptyFolderGivesAFixtureThatCannotBeRead() throws {
    let fixtures = Fixture.all(in: "no-such-folder")
    #expect(fixtures.count == 1)
    #expect(throws: TestSupportError.self) { try fixtures[0].bytes }
  }

  @Test func namesItsNeighbours() {
    let fixture = Fixture(path: Files.repository + "/Fixtures/check/some.case.yml", extension: "yml")
    #expect(fixture.name == "some.case")
    #expect(fixture.testDescription == "some.case")
    #expect(fixture.shownPath == "Fixtures/check/some.case.yml")
    #expect(fixture.sibling("tree") == Files.repository + "/Fixtures/check/some.case.tree")
  }

  @Test func readsAndSortsAFolder() async throws {
    try await withTemporaryFolder { folder in
      try folder.write("b", to: "b.txt")
      try folder.write("a", to: "a.txt")
      try folder.write("c", to: "below/c.txt")
      #expect(Files.names(in: folder.path) == ["a.txt", "b.txt", "below"])
      #expect(try Fixture(path: folder.path + "/a.txt", extension: "txt").text == "a")
    }
  }
}
