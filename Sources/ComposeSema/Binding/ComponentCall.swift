import ComposeBasic
import ComposeSyntax

/// A place that runs an action of a component: a job, an agent's model, the summary of a memory.
struct ComponentCall {
  let component: JobDecl.ComponentReference
  let action: Located<String>?
  /// What messages call it: `the job`.
  let caller: String
  /// Where a finding about a name that is missing stands.
  let place: SourceRange
  /// The mapping that names both.
  let node: SourceRange
  /// What the reference does when there is no such component or action.
  let upstream: String

  init(_ job: JobDecl) {
    component = job.component
    action = job.action
    caller = "the job"
    place = job.node.mapping?.first?.key.range ?? job.node.range
    node = job.node.range
    upstream = "fails when the job runs"
  }

  /// - Parameter field: an object with `component` and `action`; `nil` when it names no component.
  init?(_ field: Template?, of caller: String, upstream: String) {
    guard let field, let name = field["component"].flatMap(\.name) else { return nil }
    component = name.value == "__default__" ? .unnamed : .named(name)
    action = field["action"].flatMap(\.name)
    self.caller = caller
    place = field.entry("component")?.key.range ?? name.range
    node = field.range
    self.upstream = upstream
  }
}

extension Template {
  /// The name that the value is: what is written, expressions included, because names are not rendered.
  var name: Located<String>? {
    guard case .text(let text) = content else { return nil }
    if let constant = text.constant { return Located(constant, at: range) }
    return text.expressions.isEmpty ? nil : Located("${…}", at: range)
  }
}
