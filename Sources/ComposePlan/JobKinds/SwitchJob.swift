import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `switch`: values that lead to jobs.
enum SwitchJob: LowerableJobKind {
  static let keyword = "switch"
  static let result = JobResult.route
  // It compares texts.
  static let textFields: Set<String> = ["input"]

  static func type(of job: JobTyping, into diagnostics: inout Diagnostics) -> Type {
    let comparisons = (cases(of: job.decl)?.cases ?? []).compactMap { item -> ConditionLeaf? in
      guard let value = item.value, value.constantText != nil else { return nil }
      return ConditionLeaf(input: job.decl.input, name: "eq", value: value, at: value.range)
    }
    job.check(comparisons: comparisons, into: &diagnostics)
    return .null
  }

  static func cases(of job: JobDecl) -> JobCases? {
    let list = job.node.entry("cases")
    var cases: [JobCases.Case] = []
    if case .list(let items)? = job.fields["cases"]?.content {
      let nodes = list?.value.sequence ?? []
      cases = items.enumerated().map { index, item in
        let node = nodes.indices.contains(index) ? nodes[index] : nil
        return JobCases.Case(value: item["value"], text: node?[key: "value"]?.scalar?.text, range: item.range)
      }
    }
    return JobCases(
      cases: cases, key: list?.key.range, hasOtherwise: job.node[key: "otherwise"]?.isNull == false)
  }

  static func alwaysRoutes(_ job: JobDecl) -> Bool { job.node[key: "otherwise"]?.isNull == false }

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
