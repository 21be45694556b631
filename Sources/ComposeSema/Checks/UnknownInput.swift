package import ComposeBasic
import ComposeSyntax

/// Reports an action that reads an input which no job passes to it.
package enum UnknownInput: Check {
  private static let code = DiagnosticCode(
    "unknown-input", .warning, "An input that no job passes",
    explanation: """
      Every job that runs the action lists what it passes, and this name is not among it. The action reads nothing.

      ```yaml bad
      component:
        id: say
        type: http-client
        action: {endpoint: https://api.example.com, body: {text: "${input.txt}"}}
      workflow: {job: {component: say, input: {text: "${input.text}"}}}
      ```

      ```yaml good
      component:
        id: say
        type: http-client
        action: {endpoint: https://api.example.com, body: {text: "${input.text}"}}
      workflow: {job: {component: say, input: {text: "${input.text}"}}}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    // An agent or an undescribed job kind may call any component, so a file with one says nothing about callers.
    guard program.file.workflows.allSatisfy({ $0.jobs.allSatisfy { $0.kind.value == "component" } }),
      program.file.components.allSatisfy({ $0.type.map { $0.value != "agent" } ?? false })
    else { return }
    var callers: [SourceRange: (target: ActionTarget, names: Set<String>?)] = [:]
    for job in program.workflows.flatMap(\.jobs) {
      guard let target = job.target else { continue }
      let names = passedNames(job.decl)
      let known = callers[target.action.node.range]
      let merged: Set<String>? = if let known { known.names.flatMap { old in names.map { old.union($0) } } } else { names }
      callers[target.action.node.range] = (target, merged)
    }
    for (target, names) in callers.values {
      guard let names else { continue }
      for use in target.action.fields.entries.flatMap(\.value.expressions) where use.root.value == "input" {
        guard case .key(let name)? = use.path.first?.value, !names.contains(name), use.fallback == nil else { continue }
        diagnostics.emit(.unknownInput(name, at: use.path[0].range, passed: names.sorted()))
      }
    }
  }

  /// The names that a job passes; `nil` when they are not all written down.
  private static func passedNames(_ job: JobDecl) -> Set<String>? {
    guard case .object(let entries)? = job.input?.content else { return nil }
    let names = Set(entries.map(\.key.value))
    return names.isDisjoint(with: ["...", "*", "?", "+", "&", "|"]) ? names : nil
  }
}

extension Diagnostic {
  fileprivate static func unknownInput(_ name: String, at range: SourceRange, passed: [String]) -> Diagnostic {
    let diagnostic = Diagnostic(UnknownInput.codes[0], "no job passes the input '\(name)'", at: range)
      .upstream("gives nothing, silently")
    if let best = suggestion(for: name, among: passed) {
      return diagnostic.help("did you mean '\(best)'?").fix("write '\(best)'", .suggested, replace: range, with: best)
    }
    return diagnostic.help(passed.isEmpty ? "jobs pass nothing" : "jobs pass \(passed.joined(separator: ", "))")
  }
}
