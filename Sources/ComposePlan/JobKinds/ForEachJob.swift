import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `for-each`: a job for each element.
enum ForEachJob: LowerableJobKind {
  static let keyword = "for-each"
  static let body: JobBody? = .single(outputs: .list)

  static func type(of job: JobTyping, into diagnostics: inout Diagnostics) -> Type {
    guard !job.decl.bodies.isEmpty else { return .any }
    let item = job.elements
    return job.collected(job.bodyType(seeing: ["item": item], given: item, into: &diagnostics))
  }

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    guard let body = context.body(of: job) else { return .fail("the job has no 'do'") }
    // Null and 0 mean one at a time.
    let batchSize = max(job.decl.integer("batch_size") ?? 1, 1)
    return .map(
      ElementLoop(body: body, batchSize: batchSize, isStreaming: job.decl.boolean("streaming") ?? false))
  }
}
