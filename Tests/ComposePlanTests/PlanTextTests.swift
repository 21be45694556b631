import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What no fixture can show: values that are missing, hostile or long.
@Suite struct PlanTextTests {
  @Test func variablesThatAreNotSetAreMissing() throws {
    let text = try printed(
      #"component: {type: http-client, action: {endpoint: "https://${env.HOST}/a", body: "${input}"}}"#)
    #expect(text.contains("POST https://${env.HOST}/a  missing, from HOST (not set)"))
    #expect(text.contains("HOST  not set"))
    #expect(try printed(exampleComponent("${env.HOST}"), as: .json).contains(#""from": "missing""#))
  }

  /// Host and path say where it goes; the scheme and a query would only make the boxes wide.
  @Test(arguments: [PlanFormat.mermaid, .dot, .svg])
  func picturesNameTheRequest(_ format: PlanFormat) throws {
    let text = try printed(
      #"component: {type: http-client, action: {endpoint: "https://api.example.com/a?b=1", body: "${input}"}}"#,
      as: format)
    #expect(text.contains("POST api.example.com/a") && !text.contains("b=1") && !text.contains("https://api"))
  }

  /// What a job gives its component stands in the request; what the request does not show stays a row.
  @Test func inputsOfCallsAreShownOnce() throws {
    func text(_ input: String) throws -> String {
      let component =
        #"component: {type: http-client, action: {endpoint: https://api.example.com, body: "${input.a}"}}"#
      return try printed(component, job: "{input: \(input)}")
    }
    let used = try text(#"{a: "Dear ${input.name as text}"}"#)
    #expect(used.contains(#"body (text)  "Dear ${input.name as text}"  text  from input"#) && !used.contains("input.a"))
    let unused = try text(#"{a: one, b: two}"#)
    #expect(unused.contains(#"input.b  "two"  known"#) && unused.contains(#"body (text)  "one"  known"#))
  }

  @Test func theTerminalIsNotCommanded() throws {
    let text = try printed(exampleComponent(#"\e[31mred\a \u202Etxt\nnext"#))
    #expect(text.contains(#""␛[31mred␇ "#) && text.contains(#"\nnext""#))
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{07}" || $0 == "\u{202E}" })
    let long = try printed(exampleComponent(#"\e[31mred "# + String(repeating: "words and ", count: 20)))
    #expect(long.contains("│ ␛[31mred words"))
  }

  @Test func longTextsAreCut() throws {
    let lines = (1...40).map { #"line \#($0)"# }.joined(separator: #"\n"#)
    let text = try printed(exampleComponent(lines))
    #expect(text.contains("text of 310 characters in 40 lines"))
    #expect(text.contains("│ line 12\n") && !text.contains("line 13") && text.contains("… 28 more lines\n"))
    #expect(try printed(exampleComponent(lines), as: .json).contains(#"line 39\nline 40""#))
  }

  /// A line break in the middle would hide the secret from a search.
  @Test func secretsInLongTextsAreDots() throws {
    var environment = Environment()
    environment.set("API_TOKEN", "sk-first part and second part", origin: "-e")
    for length in 60..<100 {
      let text = try printed(
        exampleComponent(String(repeating: "x", count: length) + " ${env.API_TOKEN} and more"), environment)
      #expect(text.contains("••••"))
      #expect(!text.contains("sk-first") && !text.contains("second part"))
    }
  }

  @Test(arguments: [
    (0.0, "0 s"), (-1, "0 s"), (0.05, "50 ms"), (0.0005, "0.5 ms"), (1.5, "1.5 s"), (59.9, "59.9 s"), (60, "1 min"),
    (90, "1 min 30 s"), (3600, "1 h"), (93_784.5, "1 d 2 h 3 min 4.5 s"), (.infinity, "forever"), (1e300, "forever"),
  ])
  func durations(_ seconds: Double, _ expected: String) {
    #expect(humanDuration(seconds) == expected)
  }

  private func exampleComponent(_ body: String) -> String {
    #"component: {type: http-client, action: {endpoint: https://api.example.com, body: "\#(body)"}}"#
  }

  private func printed(
    _ component: String, _ environment: Environment = Environment(), job: String = #"{input: "${input}"}"#,
    as format: PlanFormat = .text
  ) throws -> String {
    var sources = SourceSet()
    sources.add(path: "a.yml", bytes: Array((component + "\nworkflow: {job: \(job)}\n").utf8))
    let plan = compile(sources.files, in: sources, environment: environment, catalog: .builtIn).plan
    let found = try #require(plan)
    return ComposePlan.print(found, workflows: found.workflows, as: format)
  }
}
