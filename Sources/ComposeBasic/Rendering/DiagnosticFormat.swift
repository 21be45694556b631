/// The registry of output formats: a new format is one file and one case.
///
/// A format never changes what is found or the exit status.
package enum DiagnosticFormat: String, CaseIterable, Sendable {
  /// Source excerpts with underlines, for people.
  case human
  /// One finding a line, for editors and `grep`.
  case concise
  /// One JSON document, described by ``DiagnosticSchema``.
  case json
  /// One JSON object a line, each a finding as in `json`.
  case jsonl
  /// The OASIS standard for code scanning, version 2.1.0.
  case sarif
  /// Workflow commands of GitHub Actions, which become annotations.
  case github
  /// A code quality report of GitLab.
  case gitlab
  /// The XML of test results that every CI server reads.
  case junit
  /// The Reviewdog Diagnostic Format.
  case rdjson
}

/// The text of a report: empty, or ended by a line feed.
package func render(_ report: DiagnosticReport, as format: DiagnosticFormat, options: RenderOptions) -> String {
  switch format {
  case .human: HumanRenderer(report: report, options: options).render()
  case .concise: ConciseRenderer(report: report, options: options).render()
  case .json: JSONRenderer(report: report).render()
  case .jsonl: JSONLinesRenderer(report: report).render()
  case .sarif: SARIFRenderer(report: report).render()
  case .github: GitHubRenderer(report: report, options: options).render()
  case .gitlab: GitLabRenderer(report: report).render()
  case .junit: JUnitRenderer(report: report, options: options).render()
  case .rdjson: ReviewdogRenderer(report: report).render()
  }
}
