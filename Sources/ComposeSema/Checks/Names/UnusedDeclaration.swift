package import ComposeBasic
import ComposeSyntax

/// Reports components, actions and private workflows that nothing uses.
package enum UnusedDeclaration: Check {
  private static let good = """
    ```yaml good
    component:
      id: chat
      type: http-client
      base_url: https://api.example.com
      actions:
        - {id: ask, path: /ask}
        - {id: list, path: /list}
    workflow:
      jobs:
        - {id: first, component: chat, action: ask}
        - {id: second, component: chat, action: list}
    ```
    """

  private static let unusedComponent = DiagnosticCode(
    "unused-component", .warning, "A component that nothing uses",
    explanation: """
      No job, no agent and no memory runs it.

      ```yaml bad
      components:
        - {id: chat, type: http-client, action: {endpoint: https://api.example.com/ask}}
        - {id: news, type: http-client, action: {endpoint: https://api.example.com/news}}
      workflow: {job: {component: chat}}
      ```

      \(good)
      """)

  private static let unusedAction = DiagnosticCode(
    "unused-action", .warning, "An action that nothing uses",
    explanation: """
      The component is used, but not this action of it.

      ```yaml bad
      component:
        id: chat
        type: http-client
        base_url: https://api.example.com
        actions:
          - {id: ask, path: /ask}
          - {id: list, path: /list}
      workflow: {job: {component: chat, action: ask}}
      ```

      \(good)
      """)

  private static let unusedWorkflow = DiagnosticCode(
    "unused-workflow", .warning, "A private workflow that nothing uses",
    explanation: """
      A private workflow is hidden from callers: other workflows, agents or listeners have to run it.

      ```yaml bad
      workflows:
        - {id: main, job: {type: delay, duration: 1s}}
        - {id: helper, private: true, job: {type: delay, duration: 1s}}
      ```

      ```yaml good
      component: {type: workflow, action: {workflow: helper}}
      workflows:
        - {id: main, job: {input: "${input}"}}
        - {id: helper, private: true, job: {type: delay, duration: 1s}}
      ```
      """)

  package static let codes = [unusedComponent, unusedAction, unusedWorkflow]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    // Whatever a faulty part means to use is not known.
    guard !diagnostics.hasErrors, let uses = NameUses(program) else { return }
    let file = program.file
    for (index, component) in file.components.enumerated() {
      if uses.components.contains(component.node.range) {
        checkActions(of: component, uses, into: &diagnostics)
        continue
      }
      // The second of two with one id is reported as such.
      if component.isDefault || component.startsProcess { continue }
      guard program.symbols.component(named: component.name)?.node.range == component.node.range else { continue }
      diagnostics.emit(
        unused(unusedComponent, "component", component.id, component.node, upstream: "starts it, and never runs it")
          .removing(index, of: file.components.map(\.node.range), "remove the component"))
    }
    guard let names = uses.workflows, file.workflows.count > 1 else { return }
    for (index, workflow) in file.workflows.enumerated() where workflow.isPrivate && !workflow.isDefault {
      if names.contains(workflow.name) { continue }
      diagnostics.emit(
        unused(
          unusedWorkflow, "workflow", workflow.id, workflow.node, upstream: "runs it only when 'run' names it"
        )
        .removing(index, of: file.workflows.map(\.node.range), "remove the workflow"))
    }
  }

  private static func checkActions(
    of component: ComponentDecl, _ uses: NameUses, into diagnostics: inout Diagnostics
  ) {
    for (index, action) in component.actions.enumerated() {
      if action.isDefault || uses.actions.contains(action.node.range) { continue }
      guard component.action(named: action.name)?.node.range == action.node.range else { continue }
      diagnostics.emit(
        unused(unusedAction, "action", action.id, action.node, of: component, upstream: "never runs it")
          .removing(index, of: component.actions.map(\.node.range), "remove the action"))
    }
  }

  private static func unused(
    _ code: DiagnosticCode, _ what: String, _ id: Located<String>?, _ node: YAMLNode,
    of component: ComponentDecl? = nil,
    upstream: String
  ) -> Diagnostic {
    let name = id.map { "\(what) '\($0.value)'" } ?? "the \(what) without 'id'"
    let owner = component?.id.map { " of component '\($0.value)'" } ?? ""
    return Diagnostic(
      code, "\(name)\(owner) is never used", at: id?.range ?? node.mapping?.first?.key.range ?? node.range
    )
    .help("use it, or remove it")
    .upstream(upstream)
  }
}
