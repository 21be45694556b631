import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import Testing

/// What the first workflow of a file makes of an input, given as JSON.
func checkedInput(_ input: String, forFile file: String) throws -> Value {
  var sources = SourceSet()
  sources.add(path: "model-compose.yml", bytes: Array(file.utf8))
  let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
  let plan = try #require(compilation.plan, "\(compilation.diagnostics.all.map(\.message))")
  return try checkedInput(try parseJSON(input), for: plan.workflows[0])
}
