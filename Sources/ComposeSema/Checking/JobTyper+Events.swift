import ComposeBasic
import ComposeSyntax

/// What happens around a job: interrupts, hooks and failures.
extension JobTyper {
  /// Interrupts see what the job was given, and afterwards what it gave, as `job`.
  func checkInterrupts(of job: JobDecl, _ scope: Scope, into diagnostics: inout Diagnostics) {
    guard let template = job.fields["interrupt"] else { return }
    guard case .object(let phases) = template.content else {
      _ = ExpressionChecker(scope: scope.adding(["job": .any])).type(of: template, into: &diagnostics)
      return
    }
    for phase in phases {
      var members = [ObjectType.Member("input", .any)]
      if phase.key.value != "before" { members.append(ObjectType.Member("output", .any)) }
      let inner = scope.adding(
        ["job": .object(ObjectType(members, rest: nil))], at: "an interrupt \(phase.key.value) \(scope.place)")
      _ = ExpressionChecker(scope: inner).type(of: phase.value, into: &diagnostics)
    }
  }

  /// Whether an interrupt or a hook of that phase can put another value in place.
  func isReplaced(_ phase: String, in job: JobDecl) -> Bool {
    if let interrupt = job.fields["interrupt"] {
      guard case .object = interrupt.content else { return true }
      if interrupt[phase] != nil { return true }
    }
    guard let hook = job.node.entry("hook") else { return false }
    return hook.value.mapping == nil || hook.value.entry(phase) != nil
  }

  /// What other jobs see when the job fails and the run goes on.
  func failureType(of job: JobDecl, _ scope: Scope, into diagnostics: inout Diagnostics) -> [Type] {
    guard let template = job.fields["on_error"] else { return [] }
    let error = Type.object(ObjectType([.init("message", .text)], rest: nil))
    let inner = scope.adding(["error": error], at: "the error handling of " + scope.place)
    guard case .object(let entries) = template.content else {
      _ = ExpressionChecker(scope: inner).type(of: template, into: &diagnostics)
      return [.null]
    }
    var output: Type = .null
    for entry in entries {
      let type = ExpressionChecker(scope: inner).type(of: entry.value, into: &diagnostics)
      if entry.key.value == "output" { output = type }
    }
    return [template["to"] == nil ? output : .null]
  }
}
