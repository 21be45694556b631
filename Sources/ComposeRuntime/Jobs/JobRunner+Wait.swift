import ComposePlan

extension JobRunner {
  /// `wait`: null after a while.
  @inline(never)
  func wait(_ wait: Wait, _ job: JobPlan, _ scope: Scope) async throws(RuntimeError) -> Value {
    try await around(job, scope, input: .null) { (_) async throws(RuntimeError) in
      let evaluator = Evaluator(scope)
      switch wait {
      case .interval(let template):
        let duration = try await evaluator.evaluate(template)
        do throws(RuntimeError) { try await Delay(duration: duration).wait(on: context.services.clock) } catch {
          throw error.located(range: template.range)
        }
      case .until(let time, let zone):
        let zone = try await evaluator.optional(zone)
        let point = try await evaluator.evaluate(time)
        do throws(RuntimeError) {
          try await Delay(time: point, timeZone: zone, zones: context.services.timeZones)
            .wait(on: context.services.clock)
        } catch {
          throw error.located(range: time.range)
        }
      }
      return .null
    }
  }
}
