import ComposeTestSupport
import Testing

/// `plan` with its options, and `run --plan`: the built program, as a process.
@Suite struct PlanCommandTests {
  private static let file = """
    workflow:
      id: main
      jobs:
        - {id: greet, type: delay, duration: 0, output: "Hello ${input.name as text}, welcome to ${env.PLACE | Seoul}"}
        - {id: shout, type: delay, duration: 0, depends_on: [greet], output: "${jobs.greet.output}!"}
      output: "${jobs.shout.output}"

    """

  /// Runs the program beside the file, which may be changed first.
  private func outcome(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]
  ) async throws -> RunningProgram.Outcome {
    try await run(program(arguments, environment: environment, in: folder.path))
  }

  private func withFile(_ body: (TemporaryFolder) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.file, to: "model-compose.yml")
      try await body(folder)
    }
  }

  // MARK: Saved plans

  @Test func aSavedPlanRunsWithItsInput() async throws {
    try await withFile { folder in
      let saved = try await outcome(["plan", "main", "--set", "name=Ada", "-o", "plan.json"], in: folder)
      #expect(saved.status == 0 && saved.standardOutput == "", "\(saved)")
      let ran = try await outcome(["run", "--plan", "plan.json"], in: folder)
      #expect(ran.status == 0 && ran.standardOutput == "Hello Ada, welcome to Seoul!\n", "\(ran)")
      // What the command line says wins.
      let other = try await outcome(["run", "--plan", "plan.json", "--set", "name=Bob"], in: folder)
      #expect(other.standardOutput == "Hello Bob, welcome to Seoul!\n", "\(other)")
    }
  }

  @Test func aPlanThatNoLongerFitsIsRefused() async throws {
    try await withFile { folder in
      _ = try await outcome(["plan", "-o", "plan.json"], in: folder)
      try folder.write(Self.file.replacing("Hello", with: "Good day"), to: "model-compose.yml")
      let changed = try await outcome(["run", "--plan", "plan.json", "--set", "name=Ada"], in: folder)
      #expect(changed.status == 2 && changed.standardOutput == "", "\(changed)")
      #expect(changed.standardError.contains("job 'greet' of workflow 'main' changed"), "\(changed)")
      #expect(!changed.standardError.contains("'shout'"), "\(changed)")

      // Layout is no meaning.
      try folder.write(
        "# a comment\n" + Self.file.replacing("type: delay, duration: 0", with: "duration: 0, type: delay"),
        to: "model-compose.yml")
      let same = try await outcome(["run", "--plan", "plan.json", "--set", "name=Ada"], in: folder)
      #expect(same.status == 0, "\(same)")

      let elsewhere = try await outcome(
        ["run", "--plan", "plan.json", "--set", "name=Ada", "-e", "PLACE=Busan"], in: folder)
      #expect(elsewhere.status == 2 && elsewhere.standardError.contains("'PLACE'"), "\(elsewhere)")
    }
  }

  @Test func anEditedPlanIsRefused() async throws {
    try await withFile { folder in
      _ = try await outcome(["plan", "-o", "plan.json"], in: folder)
      let text = String(decoding: try Files.read(folder.path + "/plan.json"), as: UTF8.self)
      try folder.write(text.replacing("greet", with: "meet"), to: "plan.json")
      for command in [["run", "--plan", "plan.json"], ["plan", "--against", "plan.json"]] {
        let outcome = try await outcome(command, in: folder)
        #expect(outcome.status == 2 && outcome.standardError.contains("'plan.json' was edited"), "\(outcome)")
      }
      for text in ["", "{}", "[1", "workflow: {}\n"] {
        try folder.write(text, to: "plan.json")
        let outcome = try await outcome(["run", "--plan", "plan.json"], in: folder)
        #expect(outcome.status == 2 && outcome.standardError.contains("'plan.json' is "), "\(outcome)")
      }
      let missing = try await outcome(["run", "--plan", "nowhere.json"], in: folder)
      #expect(missing.status == 2 && missing.standardError.contains("nowhere.json"), "\(missing)")
    }
  }

  // MARK: Comparison

  @Test func theStatusTellsWhatChanged() async throws {
    try await withFile { folder in
      try folder.write(Self.file.replacing("welcome", with: "dear guest, welcome"), to: "other.yml")
      try folder.write(Self.file.replacing("id: main", with: "id: renamed"), to: "breaking.yml")
      _ = try await outcome(["plan", "-o", "saved.json"], in: folder)
      for (other, status, says) in [
        ("model-compose.yml", 0, "verdict: same"), ("saved.json", 0, "verdict: same"),
        ("other.yml", 4, "verdict: compatible"), ("breaking.yml", 5, "verdict: breaking"),
      ] as [(String, Int32, String)] {
        let detailed = try await outcome(["plan", "--against", other, "--detailed-exitcode"], in: folder)
        #expect(detailed.status == status && detailed.standardOutput.contains(says), "\(other): \(detailed)")
        let plain = try await outcome(["plan", "--against", other], in: folder)
        #expect(plain.status == 0 && plain.standardOutput == detailed.standardOutput, "\(other): \(plain)")
      }
      let words = try await outcome(["plan", "--against", "other.yml"], in: folder)
      #expect(words.standardOutput.contains("[-dear guest, -]"), "\(words)")
      let broken = try await outcome(["plan", "--against", "nowhere.yml"], in: folder)
      #expect(broken.status == 2 && broken.standardOutput == "", "\(broken)")
    }
  }

  // MARK: Forms

  @Test(arguments: [
    (["--format", "mermaid"], "flowchart TD"), (["--format", "dot"], "digraph"), (["--format", "svg"], "<svg "),
    (["--summary"], "2 jobs in 2 stages"), (["--summary", "--markdown"], "- **Jobs**: 2 jobs in 2 stages"),
    (["--trace-passes"], "== order-nodes =="), (["--set", "name=Ada"], "Hello Ada"),
  ])
  func printsIn(_ options: [String], _ says: String) async throws {
    try await withFile { folder in
      let plan = try await outcome(["plan"] + options, in: folder)
      #expect(plan.status == 0 && plan.standardOutput.contains(says) && plan.standardError == "", "\(plan)")
    }
  }

  @Test(arguments: [
    ["--summary", "--curl"], ["--markdown"], ["--detailed-exitcode"], ["--against", "x", "--summary"],
    ["--against", "x", "--format", "svg"], ["-o", "x", "--format", "json"], ["--format", "png"],
  ])
  func optionsThatMeanNothingTogether(_ options: [String]) async throws {
    try await withFile { folder in
      let plan = try await outcome(["plan"] + options, in: folder)
      #expect(plan.status == 2 && plan.standardOutput == "" && plan.standardError.contains("Usage:"), "\(plan)")
    }
  }
}
