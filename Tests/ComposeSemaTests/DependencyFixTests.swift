import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeTestSupport
import Testing

/// The fixes that change `depends_on` keep the layout of the list.
@Suite struct DependencyFixTests {
  private static let component =
    "component: {id: c, type: http-client, action: {endpoint: \"https://api.example.com/${input}\"}}\n"

  /// Job `b` in different layouts, and what becomes of it when it waits for `a` too.
  @Test(arguments: [
    ("- id: b\n      component: c\n      input: ${jobs.a.output}", "component: c\n      depends_on: [a]\n      input:"),
    ("- {id: b, component: c, input: \"${jobs.a.output}\"}", "component: c, depends_on: [a], input:"),
    ("- {id: b, component: c, depends_on: [], input: \"${jobs.a.output}\"}", "depends_on: [a], input:"),
    ("- {id: b, component: c, depends_on: [z], input: \"${jobs.a.output}\"}", "depends_on: [a, z], input:"),
    ("- {id: b, component: c, depends_on: [[y, z]], input: \"${jobs.a.output}\"}", "depends_on: [a, [y, z]], input:"),
    (
      "- id: b\n      component: c\n      depends_on:\n        - z\n      input: ${jobs.a.output}",
      "depends_on:\n        - a\n        - z\n      input:"
    ),
    (
      "- id: b\n      component: c\n      input: [\"${jobs.a.output}\", \"${jobs.z.output}\"]",
      "component: c\n      depends_on: [a, z]\n      input:"
    ),
  ])
  func addsTheEdge(_ job: String, _ expected: String) throws {
    let text = Self.workflow("- {id: z, component: c}\n    - {id: y, component: c}\n    " + job)
    let after = try repaired(text, code: "unordered-job")
    #expect(after.contains(expected), "\(after)")
    #expect(compile(after).diagnostics.all.map(\.message) == [])
  }

  @Test(arguments: [
    ("depends_on: [a, d]", "depends_on: [d]"), ("depends_on: [d, a]", "depends_on: [d]"),
    ("depends_on:\n        - a\n        - d", "depends_on:\n        - d"),
    ("depends_on:\n        - d\n        - a", "depends_on:\n        - d"),
  ])
  func removesWhatIsImplied(_ written: String, _ expected: String) throws {
    let text = Self.workflow(
      "- {id: d, component: c, depends_on: [a]}\n    - id: e\n      \(written)\n      component: c")
    let after = try repaired(text, code: "redundant-dependency")
    #expect(after.contains("      \(expected)\n      component: c"), "\(after)")
    #expect(compile(after).diagnostics.all.map(\.message) == [])
  }

  @Test func leavesAnEmptyListOfOne() throws {
    let text = Self.workflow("- id: b\n      depends_on:\n        - b\n      component: c")
    let after = try repaired(text, code: "dependency-cycle")
    #expect(after.contains("depends_on:\n        []\n"), "\(after)")
    #expect(compile(after).diagnostics.all.map(\.message) == [])
  }

  private static func workflow(_ jobs: String) -> String {
    component + "workflow:\n  output: done\n  jobs:\n    - {id: a, component: c}\n    \(jobs)\n"
  }

  private func repaired(_ text: String, code: String) throws -> String {
    let found = compile(text).diagnostics.sorted()
    #expect(Set(found.map(\.code.id)) == [code])
    let fix = try #require(found.first?.fixes.first)
    return String(decoding: apply(fix.edits, to: Array(text.utf8)), as: UTF8.self)
  }
}
