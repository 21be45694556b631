/// The registry of output formats: a new format is one file and one case.
///
/// A format never changes what is found or the exit status.
package enum DiagnosticFormat: String, CaseIterable, Sendable {
  /// Source excerpts with underlines, for people.
  case human
  /// One finding a line, for editors and `grep`.
  case concise
  /// One JSON document, described by `docs/diagnostics.schema.json`.
  case json
}

/// The text of a report: empty, or ended by a line feed.
package func render(_ report: DiagnosticReport, as format: DiagnosticFormat, options: RenderOptions) -> String {
  switch format {
  case .human: HumanRenderer(report: report, options: options).render()
  case .concise: ConciseRenderer(report: report).render()
  case .json: JSONRenderer(report: report).render()
  }
}
