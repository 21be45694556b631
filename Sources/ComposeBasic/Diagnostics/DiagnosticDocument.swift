/// What a code means, for people: its summary, its explanation and its examples.
package enum DiagnosticDocument {
  /// How the explanations are written.
  package enum Format: String, CaseIterable, Sendable {
    case text
    case markdown
  }

  /// One code.
  package static func section(_ code: DiagnosticCode, as format: Format) -> String {
    switch format {
    case .text: "\(code.id) (\(code.severity.rawValue)): \(code.summary)\n\n\(code.explanation)\n"
    case .markdown:
      """
      ## \(code.id)

      \(code.summary) (\(code.severity.rawValue)).

      \(code.explanation
        .replacing("```yaml bad", with: "The mistake:\n\n```yaml")
        .replacing("```yaml good", with: "Better:\n\n```yaml"))

      """
    }
  }

  /// All codes. As Markdown it is `docs/diagnostics.md`.
  package static func document(_ codes: [DiagnosticCode], as format: Format) -> String {
    let sections = codes.map { section($0, as: format) }.joined(separator: "\n")
    guard format == .markdown else { return sections }
    return """
      # Findings

      What `check` can report, by code. Written by `model-compose explain --all --format markdown`.

      \(sections)
      """
  }
}
