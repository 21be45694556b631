import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `pipeline`: jobs one after the other.
enum PipelineJob: LowerableJobKind {
  static let keyword = "pipeline"
  static let body: JobBody? = .sequence(hasOwnInput: true, outputs: .last)

  static func type(of job: JobTyping, into diagnostics: inout Diagnostics) -> Type {
    var previous: Type?
    for index in job.decl.bodies.indices {
      let given = previous ?? job.input
      let state = Type.object(ObjectType([.init("input", given), .init("index", .integer)], rest: nil))
      var roots: [String: Type] = ["input": job.input, "step": state]
      if let previous { roots["output"] = previous }
      previous = job.bodyType(index, seeing: roots, given: given, into: &diagnostics)
    }
    return previous ?? .any
  }

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    .sequence(job.bodies.indices.map { context.body($0, of: job) })
  }
}
