import ComposeTestSupport
import Testing

/// Every error in configurations of other people, and in those without a known fault every warning too, has a row that
/// names what the reference does with the text (`Fixtures/triage`). The configurations are not part of this
/// repository.
@Suite(.enabled(if: TriageCorpus.isPresent, "no collection of configurations: set COMPOSE_CORPUS to its folder"))
struct TriageTests {
  @Test func everyFindingHasARow() async throws {
    let files = try TriageCorpus.files()
    let found = await computed { files.flatMap { $0.findings() } }
    let rows = try TriageRow.all()
    let known = Set(rows.map(\.finding))
    #expect(found.filter { !known.contains($0) }.map(\.description) == [], "findings without a row")
    let present = Set(found)
    let stale = rows.filter { !present.contains($0.finding) }
    #expect(stale.map(\.finding.description) == [], "rows without a finding")
    #expect(rows.count == known.count, "two rows of the same finding")
    #expect(!files.isEmpty && !found.isEmpty)
  }
}

/// The table itself, whether or not the configurations are here.
@Suite struct TriageTableTests {
  @Test func everyRowHasAGroup() throws {
    let text = String(decoding: try Files.read(Files.absolute("Fixtures/triage/groups.md")), as: UTF8.self)
    let groups = text.split(separator: "\n## ").dropFirst()
    let names = groups.compactMap { $0.split(separator: "\n").first.map(String.init) }
    let used = Set(try TriageRow.all().map(\.group))
    #expect(used.subtracting(names).sorted() == [], "groups that are not explained")
    #expect(Set(names).subtracting(used).sorted() == [], "groups without a row")
    #expect(names.count == Set(names).count)
    for (name, group) in zip(names, groups) {
      #expect(group.contains("\nThe reference: "), "what the reference does: \(name)")
      #expect(group.contains("\nSeen: "), "how that was seen: \(name)")
    }
  }
}
