import ComposeBasic
import ComposeSema
import ComposeSyntax

/// `filter`: keeps the elements that pass.
enum FilterJob: LowerableJobKind {
  static let keyword = "filter"
  static let scopedFields: Set<String> = ["where"]

  static func type(of job: JobTyping, into diagnostics: inout Diagnostics) -> Type {
    let item = job.elements
    if let condition = job.decl.fields["where"] {
      job.check(condition: condition, seeing: ["item": item, "index": .integer], into: &diagnostics)
    }
    return job.collected(item)
  }

  static func conditions(of job: JobDecl) -> [ConditionLeaf] {
    job.fields["where"].map { ConditionLeaf.all(in: $0) } ?? []
  }

  static func lower(_ job: TypedJob, _ context: JobLowering) -> Operation {
    .filter(
      Filter(
        condition: job.decl.fields["where"].flatMap(lowerFilter), isStreaming: job.decl.boolean("streaming") ?? false))
  }
}
