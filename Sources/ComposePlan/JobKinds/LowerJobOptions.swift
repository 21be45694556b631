import ComposeBasic
import ComposeSema
import ComposeSyntax

/// What happens before, after and around a job's operation.
extension JobLowering {
  /// `interrupt`: `true` asks without a message and whatever the values are.
  func lowerInterrupts(of job: JobDecl) -> [Interrupt] {
    guard let template = job.fields["interrupt"] else { return [] }
    return [JobPhase.before, .after].compactMap { phase in
      guard let point = template[phase.rawValue] else { return nil }
      switch point.content {
      case .constant(.boolean(true)): return Interrupt(phase: phase, range: point.range)
      case .object: break
      case .constant, .text, .list: return nil
      }
      let condition = point["condition"].flatMap { $0.isNull ? nil : lowerComparison($0) }
      return Interrupt(
        phase: phase, condition: condition, message: point.member("message"), metadata: point.member("metadata"),
        range: point.range)
    }
  }

  /// `hook`: one script or several for each phase. They are source code, so nothing in them is an expression.
  func lowerHooks(of job: JobDecl) -> [Hook] {
    guard let hook = job.node.entry("hook")?.value else { return [] }
    return [JobPhase.before, .after].flatMap { phase -> [Hook] in
      guard let value = hook.entry(phase.rawValue)?.value, !value.isNull else { return [] }
      return (value.sequence ?? [value]).compactMap { entry in
        entry.entry("script")?.value.scalar.map { Hook(phase: phase, script: $0.text, range: entry.range) }
      }
    }
  }

  /// `retry`: a number is the number of attempts.
  func lowerRetry(of job: JobDecl) -> Retry? {
    guard let template = job.fields["retry"], !template.isNull else { return nil }
    if let attempts = template.integerConstant {
      return Retry(attempts: attempts, isExponential: false, range: template.range)
    }
    guard case .object = template.content else { return nil }
    return Retry(
      attempts: template["max_attempt_count"]?.integerConstant ?? 1, delay: template.member("delay"),
      isExponential: template["backoff"]?.constantText == "exponential", longestDelay: template.member("max_delay"),
      range: template.range)
  }

  /// `on_error`: `to` decides before `output`; an output of null is `ignore`.
  func lowerFailureHandling(of job: JobDecl) -> FailureHandling? {
    guard let template = job.fields["on_error"], !template.isNull else { return nil }
    if template.constantText == "ignore" { return FailureHandling(action: .ignore, range: template.range) }
    guard case .object = template.content else { return nil }
    if let target = target(template["to"]) { return FailureHandling(action: .route(target), range: template.range) }
    return FailureHandling(
      action: template.member("output").map { .output($0) } ?? .ignore, range: template.range)
  }
}

extension Template {
  /// The lowered member of an object; `nil` when it is missing or null.
  fileprivate func member(_ key: String) -> PlanTemplate? {
    self[key].flatMap { $0.isNull ? nil : lower($0) }
  }
}
