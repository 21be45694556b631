import ComposeSema
import ComposeSyntax

/// `loop`: a job again and again, until a condition holds or as long as one does.
enum LoopJob: JobKind {
  static let keyword = "loop"
  private static let defaultLimit = 100

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
