import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Plans in files: what is read is what was written, and what does not fit any more is told.
@Suite struct SavedPlanTests {
  private static let variables = ["OPENAI_API_KEY": "sk-fixture", "PROVIDER_KEY": "sk-other", "MODEL": "gpt-4o"]

  private func compilation(_ name: String, _ variables: [String: String] = variables) throws -> Compilation {
    var environment = Environment()
    for (name, value) in variables { environment.set(name, value, origin: "-e") }
    let text = String(decoding: try Files.read(Files.absolute("Fixtures/against/\(name).yml")), as: UTF8.self)
    return compiled(text, path: "compose.yml", environment: environment)
  }

  private func text(_ saved: SavedPlan, _ compilation: Compilation) throws -> String {
    let plan = try #require(compilation.plan)
    return try saved.text(addedTo: ComposePlan.print(plan, workflows: plan.workflows, as: .json))
  }

  @Test(arguments: Fixture.folders(in: "against"))
  func isReadAsItWasWritten(_ fixture: Fixture) throws {
    for name in ["old", "new"] {
      let compilation = try compilation("\(fixture.name)/\(name)")
      let input = try JSONDocument(reading: Array(#"{"query": "x", "n": 1.50, "list": [null, true, "é\n"]}"#.utf8))
      let saved = try #require(SavedPlan(compilation, workflow: "ask", input: input))
      let text = try text(saved, compilation)
      #expect(!text.contains("sk-"))
      #expect(try SavedPlan(reading: Array(text.utf8)) == saved)
      #expect(SavedPlan.isSavedPlan(Array(text.utf8)))
      #expect(saved.misfits(with: compilation) == [])
      #expect(saved.files == ["compose.yml"])
      #expect(try self.text(saved, compilation) == text)
    }
  }

  /// A comparison without the old files gives what it gives with them.
  @Test(arguments: Fixture.folders(in: "against"))
  func isComparedWithoutTheFiles(_ fixture: Fixture) throws {
    let (old, new) = (try compilation("\(fixture.name)/old"), try compilation("\(fixture.name)/new"))
    let saved = try SavedPlan(reading: Array(text(#require(SavedPlan(old)), old).utf8))
    let present = try #require(PlanSnapshot(new))
    #expect(compare(saved.snapshot, with: present) == compare(try #require(PlanSnapshot(old)), with: present))
  }

  @Test func layoutIsNoEdit() throws {
    let compilation = try compilation("prompt/old")
    let saved = try #require(SavedPlan(compilation))
    let text = try text(saved, compilation).split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
    #expect(try SavedPlan(reading: Array(text.utf8)) == saved)
  }

  /// Each changed value is noticed, wherever it stands.
  @Test func editsAreNoticed() throws {
    let compilation = try compilation("prompt/old")
    let text = try text(#require(SavedPlan(compilation)), compilation)
    for (old, new) in [
      ("gpt-4o", "gpt-5"), ("compose.yml", "other.yml"), ("\"secret\": true", "\"secret\": false"),
      ("sha256:", "sha256:0"), ("\"stage\": 0", "\"stage\": 2"), ("friendly", "rude"),
    ] {
      #expect(text.contains(old))
      #expect(throws: SavedPlanError.edited) {
        try SavedPlan(reading: Array(text.replacing(old, with: new, maxReplacements: 1).utf8))
      }
    }
    let digest = try #require(text.split(separator: "\"digest\": \"sha256:").last).prefix(64)
    let other = text.replacing(digest, with: String(digest.reversed()))
    #expect(other != text)
    #expect(throws: SavedPlanError.edited) { try SavedPlan(reading: Array(other.utf8)) }
  }

  @Test func otherFilesAreRefused() throws {
    let compilation = try compilation("prompt/old")
    let text = try text(#require(SavedPlan(compilation)), compilation)
    #expect(throws: SavedPlanError.noSavedPlan) { try SavedPlan(reading: Array("{}".utf8)) }
    #expect(throws: SavedPlanError.noSavedPlan) {
      let plan = try #require(compilation.plan)
      return try SavedPlan(reading: Array(ComposePlan.print(plan, workflows: plan.workflows, as: .json).utf8))
    }
    #expect(throws: SavedPlanError.self) {
      try SavedPlan(reading: Array("workflow: {}".utf8))
    }
    #expect(throws: SavedPlanError.otherVersion("9.0")) {
      let saved = text.replacing(
        "\"saved\": {\n    \"format_version\": \"1.0\"", with: "\"saved\": {\"format_version\": \"9.0\"")
      return try SavedPlan(reading: Array(saved.utf8))
    }
    #expect(!SavedPlan.isSavedPlan(Array("workflow: {}".utf8)))
    #expect(!SavedPlan.isSavedPlan(Array("{workflow: {}}".utf8)))
    #expect(!SavedPlan.isSavedPlan(Array(#"{"workflow": {}}"#.utf8)))
  }

  @Test(arguments: [
    ("layout", []),
    ("prompt", [PlanMisfit.jobChanged(workflow: "ask", job: "answer")]),
    ("job-added", [.jobAdded(workflow: "ask", job: "check"), .jobChanged(workflow: "ask", job: "answer")]),
    ("job-removed", [.jobRemoved(workflow: "ask", job: "check")]),
    ("result-member-removed", [.workflowChanged("ask")]),
    ("workflow-added", [.workflowAdded("other")]),
    ("workflow-removed", [.workflowRemoved("other")]),
    ("workflow-private", [.configurationChanged]),
    ("route", [.jobChanged(workflow: "__workflow__", job: "choose")]),
    ("port-and-path", []),
  ])
  func whatChangedIsNamed(_ name: String, _ misfits: [PlanMisfit]) throws {
    let saved = try #require(SavedPlan(try compilation("\(name)/old")))
    let found = saved.misfits(with: try compilation("\(name)/new"))
    for misfit in misfits { #expect(found.contains(misfit), "\(found)") }
    #expect(misfits.isEmpty == found.isEmpty)
    if name == "prompt" { #expect(found == misfits) }
  }

  @Test func theEnvironmentIsCompared() throws {
    let name = "environment/new"
    let set = ["PROVIDER_KEY": "secret-one", "MODEL": "gpt-4o"]
    let saved = try #require(SavedPlan(try compilation(name, set)))
    func misfits(_ variables: [String: String]) throws -> [PlanMisfit] {
      saved.misfits(with: try compilation(name, variables))
    }
    #expect(try misfits(set) == [])
    #expect(try misfits(["PROVIDER_KEY": "secret-two", "MODEL": "gpt-4o"]) == [])
    #expect(try misfits(["PROVIDER_KEY": "secret-one"]) == [])
    #expect(try misfits(["MODEL": "gpt-4o"]) == [.variableMissing("PROVIDER_KEY")])
    #expect(
      try misfits(["PROVIDER_KEY": "secret-one", "MODEL": "gpt-5"])
        == [.variableChanged("MODEL", old: "gpt-4o", new: "gpt-5")])
    let unset = try #require(SavedPlan(try compilation(name, [:])))
    #expect(unset.misfits(with: try compilation(name, set)) == [.variableSet("PROVIDER_KEY")])
    #expect(unset.misfits(with: try compilation(name, [:])) == [.variableMissing("PROVIDER_KEY")])
  }
}
