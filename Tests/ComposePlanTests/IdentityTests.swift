import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import Testing

/// What hashes cover, case by case.
@Suite struct IdentityTests {
  private static let component = """
    component: {type: http-client, action: {endpoint: "https://${env.HOST | a.example}", body: {n: "${env.N | 1}"}}}
    """

  private func identity(_ text: String, _ variables: [String: String] = [:]) throws -> PlanIdentity {
    var environment = Environment()
    for (name, value) in variables { environment.set(name, value, origin: "-e") }
    let compilation = compiled(text, environment: environment)
    #expect(compilation.diagnostics.all.filter { $0.severity == .error }.map(\.message) == [])
    return try #require(compilation.identity)
  }

  /// A variable counts by its name and its default.
  @Test func valuesOfTheEnvironmentAreNotCovered() throws {
    let text =
      Self.component + "\nworkflow: {job: {input: {q: \"${env.Q | x} ${input.q | ${env.R | 2}}\", n: ${env.M | 4}}}}\n"
    let plain = try identity(text)
    #expect(
      try identity(text, ["HOST": "b.example", "N": "7", "Q": "y", "R": "3", "M": "5"]).configuration
        == plain.configuration)
    #expect(try identity(text, ["M": "true"]).configuration == plain.configuration)
    for (old, new) in [
      ("HOST |", "HOSTS |"), ("| x", "| z"), ("R | 2", "R | 3"), ("M | 4", "M | 5"), ("M | 4", "M as integer | 4"),
      ("${env.M | 4}", "4"),
    ] {
      #expect(text.contains(old))
      #expect(try identity(text.replacing(old, with: new)).configuration != plain.configuration, "\(new)")
    }
  }

  @Test func textsThatOnlyPeopleReadAreNotCovered() throws {
    let text =
      Self.component
      + "\nworkflow: {id: w, title: One, description: Two, job: {id: a, name: Three, input: {q: \"${input.q}\"}}}\n"
    let plain = try identity(text)
    for old in ["One", "Two", "Three"] {
      #expect(try identity(text.replacing(old, with: "Other")).configuration == plain.configuration)
    }
    let renamed = try identity(text.replacing("id: w", with: "id: v"))
    #expect(renamed.configuration != plain.configuration)
    #expect(renamed.workflows[0].hash == plain.workflows[0].hash)
  }

  /// Where a component is declared, and under which name, says nothing.
  @Test func componentsMayStandAnywhere() throws {
    let component = "{type: http-client, action: {endpoint: https://a.example}}"
    let inline = "workflow: {id: w, job: {component: \(component), input: \"${input}\"}}\n"
    let one = "component: \(component)\nworkflow: {id: w, job: {input: \"${input}\"}}\n"
    let listed = """
      components:
        - {id: other, type: http-client, action: {endpoint: https://b.example}}
        - {id: wanted, type: http-client, actions: [{id: get, endpoint: https://a.example}]}
      workflows: [{id: w, jobs: [{id: x, component: wanted, action: get, input: "${input}"}]}]
      """
    let hash = try identity(inline).workflows[0].jobs[0].hash
    for text in [one, listed] { #expect(try identity(text).workflows[0].jobs[0].hash == hash) }
  }

  /// The names of jobs are mixed into a draw for a session.
  @Test func namesThatARunSeesAreCovered() throws {
    let draw =
      Self.component + """

        workflow:
          id: w
          jobs:
            - {id: pick, type: random-router, session: "${input.user}", routings: [{to: a}, {to: b}]}
            - {id: a, input: "${input}"}
            - {id: b, input: "${input}"}
          output: {a: "${jobs.a.output}", b: "${jobs.b.output}"}
        """
    let plain = try identity(draw).workflows[0].jobs[0].hash
    let renamed = draw.replacing("id: a,", with: "id: c,").replacing("to: a", with: "to: c")
      .replacing("jobs.a", with: "jobs.c")
    #expect(try identity(renamed).workflows[0].jobs[0].hash != plain)
    #expect(try identity(draw.replacing("id: w", with: "id: v")).workflows[0].jobs[0].hash != plain)
    let salted = draw.replacing("session:", with: "salt: s, session:")
    #expect(
      try identity(salted.replacing("id: w", with: "id: v")).workflows[0].jobs[0].hash
        == identity(salted).workflows[0].jobs[0].hash)
    let free = draw.replacing("session: \"${input.user}\", ", with: "")
    #expect(
      try identity(free).workflows[0].jobs[0].hash
        == identity(renamed.replacing("session: \"${input.user}\", ", with: "")).workflows[0].jobs[0].hash)
  }

  /// Two jobs that differ only in where they lead.
  @Test func whereAJobLeadsIsCovered() throws {
    let text =
      Self.component + """

        workflow:
          jobs:
            - {id: x, type: switch, input: "${input.k}", value: a, then: a, otherwise: b}
            - {id: y, type: switch, input: "${input.k}", value: a, then: b, otherwise: a}
            - {id: z, type: switch, input: "${input.k}", value: a, then: b, otherwise: b}
            - {id: a, input: {q: 1}, max_run_count: 5}
            - {id: b, input: {q: 2}, max_run_count: 5}
          output: {a: "${jobs.a.output}", b: "${jobs.b.output}"}
        """
    let jobs = try identity(text).workflows[0].jobs
    #expect(Set(jobs.map(\.hash)).count == 5)
    #expect(jobs[0].ownHash == jobs[1].ownHash)
    #expect(jobs[0].ownHash != jobs[2].ownHash)
  }

  @Test func waitingIsCoveredByWhatIsWaitedFor() throws {
    func text(_ dependencies: String) -> String {
      Self.component + """

        workflow:
          jobs:
            - {id: a, input: {q: 1}}
            - {id: b, input: {q: 2}}
            - {id: c, input: {q: 3}, depends_on: \(dependencies)}
          output: {a: "${jobs.a.output}", b: "${jobs.b.output}", c: "${jobs.c.output}"}
        """
    }
    let hashes = try ["[a, b]", "[b, a]", "[[a, b]]", "[[b, a]]", "[a]", "[b]"].map {
      try identity(text($0)).workflows[0].jobs[2].hash
    }
    #expect(hashes[0] == hashes[1])
    #expect(hashes[2] == hashes[3])
    #expect(Set(hashes).count == 4)
  }

  /// Computed with another program, after docs/ir.md. A change of them needs a new version of the canonical form.
  @Test func isStable() throws {
    let identity = try identity(
      Self.component + "\nworkflow: {id: w, job: {id: a, input: {q: \"Hi ${input.q as text}\"}}}\n")
    #expect(identity.workflows[0].jobs[0].hash.short == "1d7c09682978")
    #expect(identity.configuration.short == "f7b82878bb9c")
  }
}
