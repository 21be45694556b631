import ComposeBasic

/// Findings about outputs of jobs that are not there.
extension Diagnostic {
  static func routerOutput(_ name: String, _ kind: String, at range: SourceRange) -> Diagnostic {
    let article = kind.first.map { "aeiou".contains($0) } ?? false ? "an" : "a"
    return Diagnostic(
      ExpressionCode.unknownMember, "'\(name)' chooses which job runs next: \(article) \(kind) job has no output",
      at: range
    )
    .help("read the output of the job that ran, or what the choice was made from")
    .upstream("gives nothing, silently")
  }

  static func ownOutput(_ name: String, at range: SourceRange, in scope: Scope) -> Diagnostic {
    let help =
      scope.roots["output"] == nil
      ? "what the job gives is known in its 'output' only" : "here what the component gives is called 'output'"
    return Diagnostic(ExpressionCode.unorderedJob, "job '\(name)' reads its own output", at: range)
      .help(help)
      .upstream("gives nothing, silently")
  }

  static func unorderedJob(
    _ name: String, _ job: Scope.JobOutput, at range: SourceRange, in scope: Scope
  ) -> Diagnostic {
    if let router = job.chosenBy {
      return Diagnostic(
        ExpressionCode.unorderedJob, "job '\(name)' never ran when \(scope.place) does: '\(router)' starts one of them",
        at: range
      )
      .help("read it in a job that runs after both branches")
      .upstream("gives nothing, silently")
    }
    return Diagnostic(
      ExpressionCode.unorderedJob, "\(scope.place) reads job '\(name)' but does not wait for it", at: range
    )
    .help("add '\(name)' to 'depends_on'")
    .upstream("starts both jobs together and reads nothing")
  }
}
