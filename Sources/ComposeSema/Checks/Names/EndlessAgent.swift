package import ComposeBasic
import ComposeSyntax

/// Reports an agent that is its own model.
package enum EndlessAgent: Check {
  private static func example(_ model: String) -> String {
    """
    components:
      - {id: helper, type: agent, model: {component: \(model), input: "${messages}"}, action: {prompt: "${input.text}"}}
      - {id: llm, type: http-client, action: {endpoint: https://api.example.com/chat, body: "${input}"}}
    workflow: {job: {component: helper}}
    """
  }

  private static let code = DiagnosticCode(
    "endless-agent", .error, "An agent that is its own model",
    explanation: """
      An agent asks its model, which is another component. When it is the agent itself, directly or through other
      agents, nobody ever answers.

      ```yaml bad
      \(example("helper"))
      ```

      ```yaml good
      \(example("llm"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let symbols = program.symbols
    let catalog = program.catalog
    for agent in program.file.components {
      guard let traits = catalog.traits(of: agent), let call = traits.call, call.isRequired else { continue }
      var path = [agent.name]
      var current = agent
      while let next = component(calledBy: current, symbols, catalog), next.type?.value == agent.type?.value,
        next.node.range != agent.node.range, !path.contains(next.name)
      {
        path.append(next.name)
        current = next
      }
      guard let last = component(calledBy: current, symbols, catalog), last.node.range == agent.node.range,
        path.min() == agent.name
      else { continue }
      let place = agent.fields[call.field]?["component"]?.range ?? agent.node.range
      diagnostics.emit(
        Diagnostic(code, "\(traits.noun) '\(agent.name)' is its own \(call.field)", at: place)
          .help("name the component that calls the model")
          .upstream("asks itself again and again, and ends with a RecursionError"))
    }
  }

  private static func component(
    calledBy agent: ComponentDecl, _ symbols: SymbolTable, _ catalog: Catalog
  ) -> ComponentDecl? {
    agent.innerCall(catalog).flatMap { symbols.component(of: $0) }
  }
}
