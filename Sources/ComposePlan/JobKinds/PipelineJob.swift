import ComposeSema

/// `pipeline`: jobs one after the other.
enum PipelineJob: JobKind {
  static let keyword = "pipeline"

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    .sequence(
      job.bodies.enumerated().map { index, step in
        context.body(step, of: job, tag: "step:\(index)")
      })
  }
}
