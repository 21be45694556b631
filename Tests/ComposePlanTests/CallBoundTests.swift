import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import Testing

/// The worst case of what a run calls and waits for, job by job.
@Suite struct CallBoundTests {
  @Test func sumsAndProductsDoNotOverflow() {
    let huge = UpperBound.atMost(.max)
    #expect(count(huge + .atMost(1)) == .max)
    #expect(count(huge * huge) == .max)
    #expect(count(UpperBound.zero * huge) == 0)
  }

  @Test func nothingOftenIsNothing() {
    let free = UpperBound.none([])
    #expect(count(.zero * free) == 0)
    #expect(count(free * .zero) == 0)
    #expect(count(free * .atMost(2)) == nil)
  }

  @Test func retriesMultiplyWhatIsInside() throws {
    #expect(
      try bound(
        """
        - id: a
          retry: 3
          type: for-each
          input: [1, 2]
          do: {component: call, retry: 2, input: x}
        """) == 12)
  }

  @Test func waitsAreNoCalls() throws {
    #expect(try bound("- {id: a, type: delay, duration: 1s}") == 0)
  }

  /// One of two ways counts, and what both lead to counts once.
  @Test func onlyTheDearestWayCounts() throws {
    #expect(
      try bound(
        """
        - {id: choose, type: if, input: "${input.x as text}", value: a, if_true: one, otherwise: two}
        - {id: one, component: call, input: x}
        - {id: two, component: call, retry: 5, input: x}
        - {id: join, component: call, depends_on: [[one, two]], input: x}
        """) == 6)
  }

  @Test func jobsThatLeadBackRunAsOftenAsTheyMay() throws {
    #expect(
      try bound(
        """
        - {id: start, type: if, input: "${input.x as text}", value: a, if_true: work, otherwise: work}
        - {id: work, component: call, max_run_count: 4, input: x}
        - {id: judge, type: if, input: "${jobs.work.output}", value: good, if_true: done, if_false: work, depends_on: [work]}
        - {id: done, component: call, input: x}
        """) == 8)
  }

  @Test func hugeCountsStayCountable() throws {
    let count = try bound(
      """
      - {id: a, type: loop, max_iteration_count: 4000000000, until: {input: "${output}", value: x}, do: {type: loop, max_iteration_count: 4000000000, until: {input: "${output}", value: x}, do: {component: call, input: x}}}
      """)
    #expect(count == .max)
  }

  /// Workflows that each run the next one twice are counted once each, and their calls add up.
  @Test func nestedWorkflowsDoNotMultiply() throws {
    var text = "components:\n"
    text += "  - {id: call, type: http-client, action: {endpoint: \"https://api.example.com\"}}\n"
    for level in 0..<40 { text += "  - {id: c\(level), type: workflow, action: {workflow: w\(level + 1)}}\n" }
    text += "workflows:\n"
    for level in 0..<40 {
      let jobs = "{id: a, component: c\(level)}, {id: b, component: c\(level), depends_on: [a]}"
      text += "  - {id: w\(level), jobs: [\(jobs)]}\n"
    }
    text += "  - {id: w40, job: {component: call}}\n"
    let plan = try plan(text)
    #expect(count(callBound(of: plan.workflows[0], in: plan).total) == 1 << 40)
    #expect(criticalPath(of: plan.workflows[0], in: plan).calls == 1 << 40)
    if case .atMost = waitBound(of: plan.workflows[0], in: plan) { Issue.record("a request without a limit has none") }
    #expect(sideEffects(of: plan.workflows[0], in: plan).workflows.count == 40)
  }

  private func count(_ bound: UpperBound) -> Int? {
    if case .atMost(let count) = bound { count } else { nil }
  }

  private func bound(_ jobs: String) throws -> Int? {
    let text = """
      component: {id: call, type: http-client, action: {endpoint: "https://api.example.com", output: "${response.text}"}}
      workflow:
        jobs:
      \(jobs.split(separator: "\n").map { "    " + $0 + "\n" }.joined())
      """
    let plan = try plan(text)
    return count(callBound(of: plan.workflows[0], in: plan).total)
  }

  private func plan(_ text: String) throws -> Plan {
    var sources = SourceSet()
    sources.add(path: "model-compose.yml", bytes: Array(text.utf8))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    let errors = compilation.diagnostics.all.filter { $0.severity == .error }.map(\.message)
    #expect(errors == [])
    let plan = compilation.plan
    return try #require(plan)
  }
}
