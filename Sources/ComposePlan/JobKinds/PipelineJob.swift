import ComposeSema

/// `pipeline`: jobs one after the other.
enum PipelineJob: JobKind {
  static let keyword = "pipeline"

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    .sequence(
      job.bodies.enumerated().map { index, step in
        // What leaves the workflow through the last step stays encoded.
        context.body(step, of: job, tag: "step:\(index)", isLast: index == job.bodies.count - 1)
      })
  }
}
