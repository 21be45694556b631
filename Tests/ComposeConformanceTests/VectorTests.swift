import ComposeConformance
import ComposeRuntime
import ComposeTestSupport
import Testing

/// The reference's published behaviour: for each vector this program gives the same value, or fails where the reference
/// fails, or refuses. It never gives another value, except where `corrections.json` says why.
@Suite struct VectorTests {
  @Test(arguments: VectorFile.kinds)
  func noRowGivesAnotherValue(_ kind: VectorKind) async throws {
    let report = try await Report(kind)
    let corrections = try Self.corrections()
    let different = report.different.filter { vector, answer in
      guard let correction = corrections[vector.id] else { return true }
      return !correction.member("answer").isIdentical(to: .object(answer))
    }
    guard !different.isEmpty else { return }
    let rows = different.prefix(25).map { vector, answer in
      """
      \(vector.id): \(vector.subject)
        reference: \(Value.object(vector.wanted).jsonText)
        here:      \(Value.object(answer).jsonText)
      """
    }
    Issue.record(
      """
      \(different.count) of \(report.verdicts.count) rows differ. By group:
      \(report.table)
      The first of them:
      \(rows.joined(separator: "\n"))
      """)
  }

  /// A refusal is safe, but it is a file that does not run: each one is known by name, with its codes.
  @Test func refusedRowsAreThoseOnTheList() async throws {
    var kinds: [String] = []
    for kind in VectorFile.kinds { kinds.append(try await Report(kind).recordedRefusals) }
    expectGolden("{\n\(kinds.joined(separator: ",\n"))\n}\n", at: VectorFile.folder + "/refused.json")
  }

  /// At most 12 of 100 rows for which the reference gives a value.
  @Test func fewRowsAreRefused() throws {
    let list = try parseJSON(try Files.read(VectorFile.folder + "/refused.json"))
    var refused = 0
    var all = 0
    for kind in VectorFile.kinds {
      all += try VectorFile.vectors(kind).count
      guard case .object(let groups) = list.member(kind.rawValue) else { continue }
      for group in groups { if case .object(let rows) = group.value { refused += rows.count } }
    }
    #expect(all > 1000)
    #expect(refused * 100 <= all * 12, "\(refused) of \(all) rows")
  }

  /// A correction that is no longer one must leave the list.
  @Test func correctionsAreRowsThatDiffer() async throws {
    var left = try Self.corrections()
    for kind in VectorFile.kinds {
      for (vector, _) in try await Report(kind).different { left[vector.id] = nil }
    }
    #expect(left.keys.sorted() == [], "these do not differ")
  }

  @Test func correctionsAreDocumented() throws {
    let document = String(decoding: try Files.read(Files.repository + "/docs/compatibility.md"), as: UTF8.self)
    for id in try Self.corrections().keys { #expect(document.contains("`\(id)`"), "\(id)") }
  }

  /// Rows that are answered otherwise on purpose: `{"reason", "answer"}` by id.
  private static func corrections() throws -> [String: Value] {
    let list = try parseJSON(try Files.read(VectorFile.folder + "/corrections.json"))
    guard case .object(let rows) = list else { throw TestSupportError("corrections.json is not an object") }
    var corrections: [String: Value] = [:]
    for (id, correction) in rows {
      guard case .text(let reason) = correction.member("reason"), !reason.isEmpty else {
        throw TestSupportError("the correction '\(id)' has no reason")
      }
      corrections[id] = correction
    }
    return corrections
  }
}
