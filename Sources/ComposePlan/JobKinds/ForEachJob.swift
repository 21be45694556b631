import ComposeSema

/// `for-each`: a job for each element.
enum ForEachJob: JobKind {
  static let keyword = "for-each"

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    guard let body = context.body(of: job) else { return .fail("the job has no 'do'") }
    // Null and 0 mean one at a time.
    let batchSize = max(job.decl.integer("batch_size") ?? 1, 1)
    return .map(
      ElementLoop(body: body, batchSize: batchSize, isStreaming: job.decl.boolean("streaming") ?? false))
  }
}
