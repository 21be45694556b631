import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeTestSupport
import Testing

/// Credentials in files: they are found, and nothing that is printed holds them.
@Suite struct CredentialTests {
  private static let key = "sk-proj-abcdEFGHijklMNOPqrstUVWX0123456789"

  private func file(_ value: String) -> String {
    """
    component:
      type: http-client
      action:
        endpoint: https://api.openai.com/v1/models
        headers: {Authorization: \(value)}
    workflow: {job: {input: "${input}"}}

    """
  }

  @Test(arguments: [DiagnosticFormat.human, .concise, .json])
  func outputHoldsNoCredential(_ format: DiagnosticFormat) {
    for value in ["Bearer \(Self.key)", "'Bearer \(Self.key)'", "\"Bearer ${env.OTHER_KEY | \(Self.key)}\""] {
      let compilation = compile(file(value))
      let report = DiagnosticReport(compilation.diagnostics, sources: compilation.sources, checkedFiles: 1)
      let text = render(report, as: format, options: RenderOptions())
      #expect(text.contains("hard-coded-credential"))
      #expect(!text.contains("abcdEFGH"))
      #expect(text.contains("${env.") == (format != .concise))
      if format == .human { #expect(text.contains(Redactor.mark)) }
    }
  }

  /// Whatever is hidden, lines and columns are those of the file.
  @Test func positionsStay() throws {
    let compilation = compile(file("\"Bearer \(Self.key) é\""))
    let report = DiagnosticReport(compilation.diagnostics, sources: compilation.sources, checkedFiles: 1)
    let original = try #require(compilation.sources.files.first)
    let shown = try #require(report.sources.files.first)
    #expect(shown.bytes.count == original.bytes.count)
    #expect(shown.bytes != original.bytes)
    for offset in original.bytes.indices {
      #expect(shown.lines.position(at: offset) == original.lines.position(at: offset))
    }
  }

  @Test func fixMovesTheKeyToTheEnvironment() throws {
    let text = file("Bearer \(Self.key)")
    let found = compile(text).diagnostics.sorted()
    let fix = try #require(found.first?.fixes.first)
    #expect(fix.applicability == .suggested)
    let repaired = String(decoding: apply(fix.edits, to: Array(text.utf8)), as: UTF8.self)
    #expect(repaired == file("Bearer ${env.OPENAI_API_KEY}"))
    #expect(compile(repaired).diagnostics.sorted().map(\.message) == [])
  }

  @Test(arguments: [
    ("password: tr0ub4dor-and-3", "DB_PASSWORD"), ("api_key: a81bc81bdead4e5dabff90865d1e13b1", "API_KEY"),
    ("headers: {Authorization: Basic YWRtaW46czNjcjN0}", "DB_TOKEN"),
    ("headers: {X-Api-Key: a81bc81bdead4e5dabff90865d1e13b1}", "DB_API_KEY"),
    ("url: 'https://admin:tr0ub4dor@example.com'", "DB_PASSWORD"),
  ])
  func variablesAreNamedAfterWhatTheyHold(_ line: String, _ variable: String) throws {
    let text = "component:\n  id: db\n  type: http-client\n  \(line)\nworkflow: {job: {}}\n"
    let found = compile(text).diagnostics.sorted().filter {
      ["hard-coded-credential", "secret-in-url"].contains($0.code.id)
    }
    #expect(found.first?.fixes.first?.edits.first?.text == "${env.\(variable)}")
  }

  /// What a value under a telling key must look like to be one, and what is left alone.
  @Test(arguments: [
    ("password: hunter2", true), ("password: password", false), ("password: '<password>'", false),
    ("passphrase: correct-horse", true), ("password: 12345678", true), ("password: true", false),
    ("api_key: s3cr3t-k3y", true), ("api_key: not-needed", false), ("api_key: your-key-1", false),
    ("api_key: /run/secrets/${input.name}", false), ("authtoken: 2abCDefGH34", true), ("token: user-1", false),
    ("token: eyJhIjoiMTIzNDU2Nzg5MCIsInQiOiJhYmMifQ", true), ("secret: a81bc81bdead4e5dabff90865d1e13b1", true),
    ("secret: the-name-of-the-secret", false), ("max_tokens: 1000000000", false), ("key: user12345678", false),
    ("headers: {Authorization: Bearer abc12345}", true), ("headers: {Authorization: Bearer token}", false),
    ("headers: {Authorization: AWS4-HMAC-SHA256 Credential=1}", false),
    ("env: {AWS_SECRET_ACCESS_KEY: wJalrXUtnFEMI/K7MDENG/bPxRfiCY0123456789}", true),
  ])
  func valuesOfTellingKeys(_ line: String, _ isFound: Bool) {
    let text = "component:\n  id: db\n  type: http-client\n  \(line)\nworkflow: {job: {}}\n"
    let found = compile(text).diagnostics.sorted().filter { $0.code.id == "hard-coded-credential" }
    #expect(found.count == (isFound ? 1 : 0), "\(line)")
  }

  @Test func plainTransportIsRepaired() throws {
    let bytes = try Fixture(path: Files.absolute("Fixtures/check/insecure-transport.yml"), extension: "yml").bytes
    let found = compile(bytes, path: "x.yml").diagnostics.sorted()
    let edits = found.compactMap(\.fixes.first).flatMap(\.edits)
    let after = compile(apply(edits, to: bytes), path: "x.yml").diagnostics.sorted()
    #expect(!after.contains { $0.code.id == "insecure-transport" })
  }

  /// Each output holds the one before twice, so that a secret would be in it a million times.
  @Test func secretsInDoubledOutputsAreFollowed() {
    var lines = ["workflow:", "  jobs:", "    - {id: j0, output: {a: \"${env.SOME_TOKEN | none}\"}}"]
    for step in 1...20 {
      let last = "${jobs.j\(step - 1).output}"
      lines.append("    - {id: j\(step), depends_on: [j\(step - 1)], output: {a: \"\(last)\", b: \"\(last)\"}}")
    }
    lines += ["component: {type: shell, action: {command: [date]}}", ""]
    let found = compile(lines.joined(separator: "\n")).diagnostics.sorted()
    #expect(found.filter { $0.code.id == "secret-in-output" }.count == 1)
  }
}
