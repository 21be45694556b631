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
    return Diagnostic(UnorderedJob.codes[0], "job '\(name)' reads its own output", at: range)
      .help(help)
      .upstream("gives nothing, silently")
  }
}
