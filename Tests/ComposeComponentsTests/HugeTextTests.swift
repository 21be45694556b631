import ComposeBasic
import ComposeComponents
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Texts that would take hours if the time grew with the square of their length.
@Suite struct HugeTextTests {
  private static let length = 300_000

  @Test(arguments: [
    ("text-splitter", "a", ""), ("text-splitter", "\n", ""), ("text-splitter", "ab ", "chunk_overlap: 999"),
    ("text-splitter", "ab ", "separators: [\"x\"]"), ("text-splitter", "😀", "chunk_size: 3, chunk_overlap: 2"),
    ("text-splitter", "<p>a", "language: html"),
    ("text-parser", "{", ""), ("text-parser", "[", ""), ("text-parser", "{\"", ""), ("text-parser", "{\"\\", ""),
    ("text-parser", "[1,", ""), ("text-parser", "{} ", ""), ("text-parser", "/*", ""), ("text-parser", "```", ""),
    ("text-parser", "- ", "format: yaml"), ("text-parser", "---\n", "format: yaml"),
    ("text-parser", "<a ", "format: xml"), ("text-parser", "<a>", "format: xml"),
    ("text-parser", "</a>", "format: xml"),
    ("text-parser", "<a>x</a>", "format: xml, strategy: last"),
    ("text-parser", "`", "format: code"), ("text-parser", "a,", "format: list"),
    ("text-parser", "a,\n", "format: table"),
    ("text-parser", "a1 ", "format: regex, regex_pattern: '[a-z]\\d'"),
  ])
  func ends(type: String, piece: String, fields: String) async throws {
    let text = String(repeating: piece, count: Self.length / piece.utf8.count)
    let action = "{text: '${input.text as text}', \(fields)}"
    let file = "{component: {type: \(type), action: \(action)}, workflow: {job: {input: '${input}'}}}"
    var sources = SourceSet()
    sources.add(path: "model-compose.yml", bytes: Array(file.utf8))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    let plan = try #require(compilation.plan, "\(compilation.diagnostics.sorted().map(\.message))")
    let workflow = try #require(plan.defaultWorkflow)
    let host = ComponentRegistry(services: Services(transport: RecordedTransport("", executor: VirtualTime())))
    do throws(RuntimeError) {
      _ = try await Interpreter(plan: plan, host: host).run(
        workflow, input: .object(["text": .text(text)]), as: Run(id: "RUN"))
    } catch {
      // Giving up is an end, too, where the reference fails.
      #expect(error.code == .value)
    }
  }
}
