package import ComposeBasic
import ComposeSyntax

/// Reports an action that reads an input which no job passes to it, but which resembles one that is passed.
package enum UnknownInput: Check {
  private static let code = DiagnosticCode(
    "unknown-input", .warning, "An input that no job passes",
    explanation: """
      Every job that runs the action lists what it passes. This name is not among it, but one like it is. The action
      reads nothing.

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
    // A job of another kind, or a component that is not described, may call any action in its own way.
    let catalog = program.catalog
    guard program.file.workflows.flatMap(\.jobs).allSatisfy({ catalog.callsComponent(jobKind: $0.kind.value) }),
      program.file.components.allSatisfy({ catalog.component($0.type?.value ?? "") != nil })
    else { return }
    var callers: [SourceRange: (target: ActionTarget, names: Set<String>?)] = [:]
    for job in program.workflows.flatMap(\.jobs) {
      guard let target = job.target else { continue }
      let names = passedNames(job.decl)
      let known = callers[target.action.node.range]
      let merged: Set<String>? =
        if let known { known.names.flatMap { old in names.map { old.union($0) } } } else { names }
      callers[target.action.node.range] = (target, merged)
    }
    for (target, names) in callers.values {
      guard let names else { continue }
      let sorted = names.sorted()
      for use in target.action.fields.entries.flatMap(\.value.expressions) where use.root.value == "input" {
        guard case .key(let name)? = use.path.first?.value, !names.contains(name), use.fallback == nil else { continue }
        // A name of its own may be an option that every job leaves out on purpose.
        guard let best = suggestion(for: name, among: sorted) else { continue }
        diagnostics.emit(
          Diagnostic(code, "no job passes the input '\(name)'", at: use.path[0].range)
            .help("did you mean '\(best)'?")
            .upstream("gives nothing, silently")
            .fix("write '\(best)'", .suggested, replace: use.path[0].range, with: best))
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
