import ComposeSema
import ComposeSyntax

/// `filter`: keeps the elements that pass.
enum FilterJob: JobKind {
  static let keyword = "filter"

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    .filter(
      Filter(
        condition: job.decl.fields["where"].flatMap(lowerFilter), isStreaming: job.decl.boolean("streaming") ?? false))
  }
}
