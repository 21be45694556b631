import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax

/// A stage that reads nothing but its input: how many instructions it takes depends on the code alone.
enum Stage: String, CaseIterable {
  /// Text to declarations.
  case parse
  /// Declarations to a typed program, with every check.
  case check
  /// A typed program to a plan, with every pass.
  case plan
  /// The templates of a request, with an input.
  case evaluate
  /// The events of an answer to the texts in them.
  case decode

  /// What is done once for each turn; it gives a number that depends on the result.
  func prepared() throws -> () throws -> Int {
    var sources = SourceSet()
    let file = sources.add(path: "model-compose.yml", bytes: Array(composeFile.utf8))
    var diagnostics = Diagnostics()
    switch self {
    case .parse:
      return {
        var diagnostics = Diagnostics()
        return ComposeSyntax.parse([file], environment: Environment(), into: &diagnostics).workflows.count
      }
    case .check:
      let parsed = ComposeSyntax.parse([file], environment: Environment(), into: &diagnostics)
      let catalog = Catalog.builtIn
      return {
        var diagnostics = Diagnostics()
        return analyze(parsed, catalog: catalog, into: &diagnostics).workflows.count
      }
    case .plan:
      let parsed = ComposeSyntax.parse([file], environment: Environment(), into: &diagnostics)
      let program = analyze(parsed, catalog: .builtIn, into: &diagnostics)
      precondition(!diagnostics.hasErrors, "the file has errors")
      return { [sources] in PassPipeline.run(on: lower(program, sources: sources)).workflows.count }
    case .evaluate:
      let templates = requestTemplates(in: sources)
      let evaluator = Evaluator(Scope(callers: ["input": .object(["prompt": .text("Why?"), "n": .integer(7)])]))
      return { try templates.reduce(0) { $0 + (try evaluator.immediateValue(of: $1) == nil ? 0 : 1) } }
    case .decode:
      let scanner = JSONPathScanner([.key("choices"), .index(0), .key("delta"), .key("content")])
      let bytes = eventStream
      return {
        var decoder = EventStreamDecoder()
        var texts = 0
        try decoder.feed(bytes.span) { event, _ in
          if case .text(let text)? = try? scanner.value(in: event) { texts += text.utf8.count }
        }
        return texts
      }
    }
  }

  /// The fields of every action of the file, as the plan has them.
  private func requestTemplates(in sources: SourceSet) -> [PlanTemplate] {
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    guard let plan = compilation.plan else { return [] }
    return plan.reach(of: plan.workflows).invocations.flatMap { $0.actionFields.map(\.value) }
  }
}
