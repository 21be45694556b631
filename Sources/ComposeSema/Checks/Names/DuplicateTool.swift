package import ComposeBasic
import ComposeSyntax

/// Reports two tools of an agent, or of the MCP server, with one name.
package enum DuplicateTool: Check {
  private static func example(_ tools: String) -> String {
    """
    components:
      - {id: helper, type: agent, model: {component: llm}, tools: \(tools), action: {prompt: "${input.question}"}}
      - {id: llm, type: http-client, action: {endpoint: https://api.example.com/chat, body: "${input}"}}
    workflows:
      - {id: main, job: {component: helper}}
      - {id: search, job: {type: delay, duration: 1s}}
    """
  }

  private static let code = DiagnosticCode(
    "duplicate-tool", .error, "Two tools with one name",
    explanation: """
      The model calls a tool by its name, which is the workflow's `name` or else its id.

      ```yaml bad
      \(example("[search, search]"))
      ```

      ```yaml good
      \(example("[search]"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    checkServer(program.file, program.catalog, into: &diagnostics)
    for agent in program.file.allComponents {
      guard let field = program.catalog.traits(of: agent)?.toolsField,
        case .list(let tools)? = agent.fields[field]?.content
      else { continue }
      var first: [String: SourceRange] = [:]
      for (index, tool) in tools.enumerated() {
        guard let name = name(of: tool, in: program.symbols) else { continue }
        guard let earlier = first[name] else {
          first[name] = tool.range
          continue
        }
        diagnostics.emit(
          Diagnostic(code, "two tools are called '\(name)'", at: tool.range)
            .note("the first one is here", at: earlier)
            .help("give one of the workflows another 'name', or list the tool once")
            .upstream("fails when the agent starts")
            .removing(index, of: tools.map(\.range), "remove it"))
      }
    }
  }

  /// Each workflow that callers see is a tool of the MCP server.
  private static func checkServer(
    _ file: ComposeFile, _ catalog: Catalog, into diagnostics: inout Diagnostics
  ) {
    guard let adapters = file.controller?.adapters,
      adapters.contains(where: { catalog.adapter($0)?.facts.contains(.servesTools) ?? false })
    else { return }
    var first: [String: SourceRange] = [:]
    for workflow in file.workflows where !workflow.isPrivate {
      // Two equal ids are reported as such.
      guard let name = workflow.node[key: "name"], let text = name.scalar?.text, !name.isNull else {
        if let id = workflow.id, first[id.value] == nil { first[id.value] = id.range }
        continue
      }
      guard let earlier = first[text] else {
        first[text] = name.range
        continue
      }
      diagnostics.emit(
        Diagnostic(code, "two tools of the MCP server are called '\(text)'", at: name.range)
          .note("the first one is here", at: earlier)
          .help("give the workflow another 'name'")
          .upstream("keeps the first one only"))
    }
  }

  private static func name(of tool: Template, in symbols: SymbolTable) -> String? {
    if case .object = tool.content { return tool["name"]?.constantText }
    guard let id = tool.constantText else { return nil }
    return symbols.workflow(named: id)?.node[key: "name"]?.scalar.map(\.text) ?? id
  }
}
