import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `random-router`: one of several jobs by chance.
enum RandomRouterJob: LowerableJobKind {
  static let keyword = "random-router"
  static let result = JobResult.route

  static func alwaysRoutes(_ job: JobDecl) -> Bool { !(job.node[key: "routings"]?.sequence ?? []).isEmpty }

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    guard case .list(let routings)? = job.decl.fields["routings"]?.content else {
      return .fail("the job has no 'routings'")
    }
    let isWeighted = job.decl.text("mode") == "weighted"
    let choices = routings.compactMap { routing in
      context.target(routing["to"]).map {
        Draw.Choice(target: $0, weight: isWeighted ? routing["weight"]?.numberConstant : nil)
      }
    }
    return .draw(
      Draw(
        choices: choices, isWeighted: isWeighted, session: template("session", of: job), salt: template("salt", of: job)
      ))
  }

  private static func template(_ name: String, of job: TypedJob) -> PlanTemplate? {
    job.decl.fields[name].flatMap { $0.isNull ? nil : ComposePlan.lower($0) }
  }
}
