package import ComposeBasic
import ComposeSyntax

/// Reports workflows that stream where only an MCP server offers them.
package enum StreamOverMCP: Check {
  private static let code = DiagnosticCode(
    "stream-over-mcp", .warning, "A stream that an MCP server collects",
    explanation: """
      A tool of an MCP server returns one result. The stream is read to its end before anything is sent.

      ```yaml bad
      controller: {adapter: {type: mcp-server, port: 8080}}
      \(ExampleFile.streaming.text)
      ```

      ```yaml good
      controller: {adapter: {type: http-server, port: 8080}}
      \(ExampleFile.streaming.text)
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let catalog = program.catalog
    let all = (program.file.controller?.adapters ?? []).filter { $0.type != nil }
    // Another adapter has use for the stream.
    guard !all.isEmpty, all.allSatisfy({ catalog.adapter($0)?.facts.contains(.servesTools) ?? false }) else { return }
    let adapters = all.compactMap(\.type)
    guard let workflow = program.workflows.first(where: { !$0.decl.isPrivate && $0.resultType.isStream }) else {
      return
    }
    let output = workflow.decl.output ?? workflow.jobs.last(where: \.isTerminal)?.decl.output
    for adapter in adapters {
      diagnostics.emit(
        Diagnostic(code, "an MCP tool returns one result: the stream is collected", at: adapter.range)
          .note("the workflow's stream is here", at: output?.range ?? workflow.decl.id?.range)
          .help("add an 'http-server' adapter for clients that read the stream, or return the text")
          .upstream("puts the chunks together and sends them at the end"))
    }
  }
}
