import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `loop`: a job again and again, until a condition holds or as long as one does.
enum LoopJob: LowerableJobKind {
  static let keyword = "loop"
  static let body: JobBody? = .single(hasOwnInput: true, outputs: .unknown)
  static let scopedFields: Set<String> = ["while", "until"]
  private static let defaultLimit = 100

  static func type(of job: JobTyping, into diagnostics: inout Diagnostics) -> Type {
    guard !job.decl.bodies.isEmpty else { return .any }
    var roots: [String: Type] = ["input": job.input, "output": .any, "iteration": .integer]
    let type = job.bodyType(seeing: roots, given: .any, into: &diagnostics)
    roots["output"] = type
    for name in ["while", "until"] {
      guard let condition = job.decl.fields[name] else { continue }
      job.check(condition: condition, seeing: roots, into: &diagnostics)
    }
    return type
  }

  static func turns(of job: JobDecl) -> JobTurns? {
    guard let condition = job.fields.entry("until") ?? job.fields.entry("while") else { return nil }
    let endsWhenTrue = condition.key.value == "until"
    guard let limit = job.fields["max_iteration_count"] else {
      return JobTurns(condition: condition, endsWhenTrue: endsWhenTrue, limit: defaultLimit)
    }
    let number: Int? = if case .constant(.integer(let count)) = limit.content { count } else { nil }
    return JobTurns(condition: condition, endsWhenTrue: endsWhenTrue, limit: number)
  }

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    guard let body = context.body(of: job) else { return .fail("the job has no 'do'") }
    let fields = job.decl.fields
    let until = fields["until"].flatMap(lowerFilter)
    guard let condition = until ?? (fields["while"] ?? fields["while_"]).flatMap(lowerFilter) else {
      return .fail("the job has neither 'while' nor 'until'")
    }
    return .iterate(
      Iteration(
        body: body, condition: condition, endsWhenTrue: until != nil,
        limit: job.decl.integer("max_iteration_count") ?? defaultLimit))
  }
}
