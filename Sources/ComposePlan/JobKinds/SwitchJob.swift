import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `switch`: values that lead to jobs.
enum SwitchJob: JobKind {
  static let keyword = "switch"

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    let arms: [Route.Arm]
    if case .list(let items)? = job.decl.fields["cases"]?.content {
      arms = items.map { arm($0.range, value: $0["value"], then: context.target($0["then"])) }
    } else {
      // A single case may stand in the job itself.
      let fields = job.decl.fields
      arms = [arm(job.decl.range, value: fields["value"], then: context.target(fields["then"]))]
    }
    return .route(Route(arms: arms, otherwise: context.target(job.decl.fields["otherwise"])))
  }

  private static func arm(_ range: SourceRange, value: Template?, then: JobTarget?) -> Route.Arm {
    Route.Arm(method: .known(.equal), value: value.map(ComposePlan.lower), ifTrue: then, ifFalse: nil, range: range)
  }
}
