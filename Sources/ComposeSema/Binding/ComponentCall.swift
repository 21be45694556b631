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
  /// The entries of that mapping, where the action's can be taken out.
  let entries: [(name: String, range: SourceRange)]
  /// What the reference does when there is no such component.
  let upstream: String
  /// What the reference does when there is no such action.
  let actionUpstream: String

  init(_ job: JobDecl) {
    component = job.component
    action = job.action
    caller = "the job"
    place = job.node.mapping?.first?.key.range ?? job.node.range
    node = job.node.range
    entries = (job.node.mapping ?? []).map { ($0.name ?? "", $0.key.range.union($0.value.range)) }
    upstream = "fails when the job runs"
    actionUpstream = upstream
  }

  /// - Parameter field: an object with `component` and `action`; `nil` when it names no component.
  init?(_ field: Template?, of caller: String, upstream: String) {
    guard let field, let name = field["component"].flatMap(\.name) else { return nil }
    component = name.value == "__default__" ? .unnamed : .named(name)
    action = field["action"].flatMap(\.name)
    self.caller = caller
    place = field.entry("component")?.key.range ?? name.range
    node = field.range
    entries = field.entries.map { ($0.key.value, $0.key.range.union($0.value.range)) }
    self.upstream = upstream
    actionUpstream = "fails when \(caller) is asked for"
  }
}

extension Template {
  /// The entries of an object.
  fileprivate var entries: [TemplateEntry] {
    if case .object(let entries) = content { return entries }
    return []
  }

  /// The name that the value is: what is written, expressions included, because names are not rendered.
  var name: Located<String>? {
    guard case .text(let text) = content else { return nil }
    if let constant = text.constant { return Located(constant, at: range) }
    return text.expressions.isEmpty ? nil : Located("${…}", at: range)
  }
}
