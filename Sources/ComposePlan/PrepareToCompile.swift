package import ComposeBasic
import ComposeSyntax

/// Does ahead what the first compilation of a process does once, for a program that reads its command line meanwhile:
/// the catalogue is read, and the runtime finds the types of tables and the conformances to protocols, for each of
/// which it looks through all that the program has. Together this takes six times as many instructions as a small file itself.
///
/// A file of a kind that nearly every project has is compiled, and the result is dropped.
///
/// - Returns: what is found in that file: nothing, or it would prepare something else than what most files need.
@discardableResult
package func prepareToCompile() -> Diagnostics {
  var sources = SourceSet()
  sources.add(path: "", bytes: Array(sample.utf8))
  var options = CompileOptions()
  options.findsOnly = true
  return compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn, options: options)
    .diagnostics
}

private let sample = """
  controller: {adapter: {type: http-server, port: 8080}}
  workflow:
    title: a
    jobs:
      - {id: a, component: a, input: {b: "${input.b as text}"}, output: "${output}"}
      - {id: b, component: a, input: {b: "${jobs.a.output as text | b}"}, depends_on: [a]}
  component:
    id: a
    type: http-client
    base_url: https://localhost
    headers: {Content-Type: application/json}
    action: {path: /chat/completions, method: POST, body: {model: a, messages: []}, output: "${response}"}

  """
