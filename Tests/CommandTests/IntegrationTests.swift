import ComposeTestSupport
import Glibc
import Testing

/// The action, the hooks and the problem matcher do with the program what they say.
@Suite struct IntegrationTests {
  // MARK: Problem matcher

  /// What a problem matcher reads from a line.
  private struct Pattern {
    let regex: Regex<AnyRegexOutput>
    let groups: [String: Int]
    let severity: String?

    init(_ json: JSONText, severity: String?) throws {
      regex = try Regex(try #require(json["regexp"]?.text))
      var groups: [String: Int] = [:]
      for member in json.members {
        if case .number(let text) = member.value { groups[member.name] = Int(text) }
      }
      self.groups = groups
      self.severity = severity
    }

    /// The parts of a line by their names; `nil` when the line is none of ours.
    func parts(of line: Substring) throws -> [String: String]? {
      guard let match = try regex.wholeMatch(in: line) else { return nil }
      var parts = groups.mapValues { String(match.output[$0].substring ?? "") }
      if let severity { parts["severity"] = severity }
      return parts
    }
  }

  private func matcher() throws -> [Pattern] {
    let path = Files.absolute(".github/problem-matchers/model-compose.json")
    let owners = try JSONText.read(Files.read(path))["problemMatcher"]?.elements ?? []
    return try owners.map { owner in
      try Pattern(try #require(owner["pattern"]?.elements.first), severity: owner["severity"]?.text)
    }
  }

  @Test func theProblemMatcherReadsConciseLines() async throws {
    let patterns = try matcher()
    let arguments = ["check", "Fixtures/command/mistakes.yml", "--format"]
    let concise = try await run(program(arguments + ["concise"], in: Files.repository)).standardOutput
    let json = try await run(program(arguments + ["json"], in: Files.repository)).standardOutput
    let findings = try JSONText.read(Array(json.utf8))["diagnostics"]?.elements ?? []
    let lines = concise.split(separator: "\n")
    #expect(lines.count == findings.count && findings.count > 2)
    for (line, finding) in zip(lines, findings) {
      let read = try patterns.compactMap { pattern throws in try pattern.parts(of: line) }
      #expect(read.count == 1, "\(line)")
      let start = finding["range"]?["start"]
      var expected: [String: String] = [:]
      for name in ["file", "severity", "code", "message"] { expected[name] = finding[name]?.text }
      for name in ["line", "column"] {
        if case .number(let text)? = start?[name] { expected[name] = text }
      }
      #expect(read.first == expected)
    }
  }

  /// Lines of every shape, with notes among them: exactly one matcher takes each.
  @Test(arguments: Fixture.folders(in: "render"))
  func theProblemMatcherReadsAllLines(_ fixture: Fixture) throws {
    let patterns = try matcher()
    let text = String(decoding: try Files.read(fixture.file("concise.txt")), as: UTF8.self)
    for line in text.split(separator: "\n") {
      let read = try patterns.compactMap { pattern throws in try pattern.parts(of: line) }
      #expect(read.count == 1, "\(line)")
      #expect(read.first?["file"]?.hasSuffix(".yml") == true && read.first?["message"]?.isEmpty == false)
      #expect(["error", "warning", "notice"].contains(read.first?["severity"]))
    }
    for pattern in patterns { #expect(try pattern.parts(of: "a.yml: and 24 more findings in this file") == nil) }
  }

  @Test func theDocumentShowsTheSamePattern() throws {
    let fence = try #require(try MarkdownDocument("docs/integrations.md").fences("json").first)
    let shown = try JSONText.read(Array(fence.text.utf8))["tasks"]?.elements.first?["problemMatcher"]?["pattern"]
    let path = Files.absolute(".github/problem-matchers/model-compose.json")
    let owners = try JSONText.read(Files.read(path))["problemMatcher"]?.elements
    #expect(shown != nil && shown == owners?.first?["pattern"]?.elements.first)
  }

  // MARK: Action

  private func action() throws -> String {
    String(decoding: try Files.read(Files.absolute("action.yml")), as: UTF8.self)
  }

  /// The lines of a step's `run: |`.
  private func script(of step: String) throws -> String {
    let lines = try action().split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex { $0 == "    - name: \(step)" })
    let begin = try #require(lines[start...].firstIndex { $0 == "      run: |" })
    let block = lines[(begin + 1)...].prefix { $0.hasPrefix("        ") || $0.isEmpty }
    #expect(!block.isEmpty)
    return block.map { $0.dropFirst(8) + "\n" }.joined()
  }

  /// Runs the action's check as the runner would, with the defaults of its inputs.
  private func runAction(_ inputs: [String: String], in folder: String) async throws -> RunningProgram.Outcome {
    var environment: [String: String] = ["GITHUB_ACTION_PATH": Files.repository]
    let text = try action()
    for match in text.matches(of: /([A-Z_]+): \$\{\{ inputs\.([a-z-]+) \}\}/) {
      let declaration = try #require(text.firstRange(of: "\n  \(match.2):\n"), "no input '\(match.2)'")
      let value = text[declaration.upperBound...].firstMatch(of: /(?m)^    default: (.*)$/)?.1 ?? ""
      environment[String(match.1)] = inputs[String(match.2)] ?? (value == "\"\"" ? "" : String(value))
    }
    #expect(environment.count == 6)
    let arguments = ["--noprofile", "--norc", "-eo", "pipefail", "-c", try script(of: "Check")]
    return try await run(ProgramLaunch("/bin/bash", arguments, environment: environment, workingDirectory: folder))
  }

  @Test func theActionChecks() async throws {
    try await withTemporaryFolder { folder in
      let mistakes = String(decoding: try Files.read(Files.absolute("Fixtures/command/mistakes.yml")), as: UTF8.self)
      try folder.write(mistakes, to: "a folder/model-compose.yml")
      try folder.write(mistakes, to: "other.yml")
      let program = try modelComposePath()

      let plain = try await runAction(["program": program], in: folder.path)
      #expect(plain.status == 1)
      #expect(plain.standardOutput.contains("::error file=a folder/model-compose.yml,line=13,col=5,"), "\(plain)")
      #expect(!plain.standardOutput.contains("other.yml"))

      let both = try await runAction(
        ["program": program, "paths": "a folder\n\nother.yml\n", "format": "concise"], in: folder.path)
      #expect(both.status == 1)
      let lines = both.standardOutput.split(separator: "\n")
      let added = try #require(lines.first?.wholeMatch(of: /::add-matcher::(.+)/)?.1)
      #expect(access(String(added), R_OK) == 0)
      #expect(lines.contains { $0.hasPrefix("other.yml:13:5: error[") })
      #expect(lines.contains { $0.hasPrefix("a folder/model-compose.yml:13:5: error[") })

      let file = try await runAction(
        ["program": program, "format": "sarif", "output": "report.sarif"], in: folder.path)
      #expect(file.status == 1 && file.standardOutput == "")
      let report = try JSONText.read(Array(folder.read("report.sarif").utf8))
      #expect(report["runs"]?.elements.first?["results"]?.elements.isEmpty == false)

      let clean = try await runAction(["program": program, "paths": ChatExample.file], in: folder.path)
      #expect(clean.status == 0)
      let strict = try await runAction(
        ["program": program, "paths": ChatExample.file, "fail-on": "warning"], in: folder.path)
      #expect(strict.status == 1 && strict.standardOutput.hasPrefix("::warning "), "the key is unset: \(strict)")
    }
  }

  /// A build takes too long for a test; its command is the one of `.ci/dogfood`.
  @Test func theActionBuildsAsTheProjectDoes() throws {
    let build = try script(of: "Build")
    let dogfood = String(decoding: try Files.read(Files.absolute(".ci/dogfood")), as: UTF8.self)
    let options = try #require(dogfood.firstMatch(of: /options=\((.*)\)/)?.1)
    #expect(build.contains("swift build --package-path \"$GITHUB_ACTION_PATH\" \(options)\n"))
    for script in build.matches(of: /\$GITHUB_ACTION_PATH\/(scripts\/[a-z-]+)/) {
      #expect(access(Files.absolute(String(script.1)), X_OK) == 0)
    }
    // Where the check expects the program afterwards.
    #expect(try script(of: "Check").contains("$GITHUB_ACTION_PATH/.build/release/model-compose}"))
  }

  @Test func theDocumentNamesTheInputs() throws {
    let table = try #require(
      try MarkdownDocument("docs/integrations.md").tables.first { $0.heading == "GitHub Actions" })
    let inputs = try #require(try action().firstMatch(of: /(?s)\ninputs:\n(.*?)\nruns:/)?.1)
    let names = inputs.matches(of: /(?m)^  ([a-z-]+):$/).map { "`\($0.1)`" }
    #expect(table.rows.dropFirst().map { $0[0] } == names)
  }

  // MARK: Hooks

  @Test func theHooksCheckComposeFiles() async throws {
    let text = String(decoding: try Files.read(Files.absolute(".pre-commit-hooks.yaml")), as: UTF8.self)
    let hooks = text.split(separator: "- id: ").map { hook in
      Dictionary(uniqueKeysWithValues: hook.matches(of: /(?m)^  ([a-z]+): (.*)$/).map { (String($0.1), String($0.2)) })
    }
    #expect(hooks.map { $0["language"] } == ["swift", "system"])
    for hook in hooks {
      let files = try Regex(try #require(hook["files"]))
      for path in ["model-compose.yml", "a/b/model-compose.yaml"] { #expect(path.contains(files), "\(path)") }
      for path in ["model-compose.yml.txt", "my-model-compose.yml", "a/compose.yml"] { #expect(!path.contains(files)) }
      let entry = try #require(hook["entry"])
      try await withTemporaryFolder { folder in
        try folder.write(String(decoding: Files.read(ChatExample.file), as: UTF8.self), to: "good/model-compose.yml")
        try folder.write("component: [1\n", to: "bad/model-compose.yaml")
        // As pre-commit calls it: the entry, the arguments, the files.
        let script = "model-compose() { \"$PROGRAM\" \"$@\"; }; \(entry) \"$@\""
        let environment = ["PROGRAM": try modelComposePath()]
        for (file, status) in [("good/model-compose.yml", 0), ("bad/model-compose.yaml", 1)] {
          let outcome = try await run(
            ProgramLaunch(
              "/bin/bash", ["-c", script, "hook", "--fail-on", "error", file], environment: environment,
              workingDirectory: folder.path))
          #expect(outcome.status.map(Int.init) == status, "\(outcome)")
        }
      }
    }
  }

  // MARK: Document

  /// Each command block by itself, in a folder with a good and a bad file.
  @Test func commandsOfTheDocumentWork() async throws {
    let fences = try MarkdownDocument("docs/integrations.md").fences("bash")
    #expect(fences.count >= 6)
    try await withTemporaryFolder { folder in
      let mistakes = String(decoding: try Files.read(Files.absolute("Fixtures/command/mistakes.yml")), as: UTF8.self)
      try folder.write(mistakes, to: "root/model-compose.yml")
      let functions = """
        model-compose() { "$PROGRAM" "$@"; }
        reviewdog() { echo "$*" >../reviewdog.arguments; cat >../reviewdog.json; }
        set -e
        cd root

        """
      let environment = ["PROGRAM": try modelComposePath()]
      var outputs: [String] = []
      for fence in fences {
        let outcome = try await run(
          ProgramLaunch(
            "/bin/bash", ["-c", functions + fence.text], environment: environment, workingDirectory: folder.path))
        #expect(outcome.status == 0, "docs/integrations.md:\(fence.line): \(outcome)")
        #expect(outcome.standardError == "", "docs/integrations.md:\(fence.line)")
        outputs.append(outcome.standardOutput)
      }
      #expect(try folder.read("root/junit.xml").hasSuffix("</testsuites>\n"))
      let quality = try JSONText.read(Array(folder.read("root/gl-code-quality-report.json").utf8))
      #expect(quality.elements.first?["location"]?["path"]?.text == "model-compose.yml")
      #expect(try folder.read("reviewdog.arguments") == "-f=rdjson -reporter=github-pr-review\n")
      let review = try JSONText.read(Array(folder.read("reviewdog.json").utf8))
      #expect(review["diagnostics"]?.elements.count == quality.elements.count)
      #expect(outputs.contains { $0 == "the check ended with 1\n" })
      #expect(outputs.contains { $0.hasPrefix("::") && $0.hasSuffix("findings\n") })
      #expect(outputs.contains { $0.contains("\"file\": \"services/model-compose.yml\"") })
      #expect(outputs.contains { $0.split(separator: "\n").count == quality.elements.count })
    }
  }
}
