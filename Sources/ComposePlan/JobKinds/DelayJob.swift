import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `delay`: waits for a time, or until one.
enum DelayJob: LowerableJobKind {
  static let keyword = "delay"
  static let result = JobResult.nothing
  // The reference reads numbers from texts here.
  static let textFields: Set<String> = ["duration", "time"]

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    let fields = job.decl.fields
    guard job.decl.text("mode") == "specific-time" else {
      return .wait(.interval(template(fields["duration"], of: job)))
    }
    let zone = fields["timezone"].flatMap { $0.isNull ? nil : ComposePlan.lower($0) }
    return .wait(.until(time: template(fields["time"], of: job), zone: zone))
  }

  private static func template(_ field: Template?, of job: TypedJob) -> PlanTemplate {
    field.map(ComposePlan.lower) ?? PlanTemplate(.constant(.null), at: job.decl.range)
  }
}
