import ComposeBasic
import ComposeSyntax

/// What was met at the described fields of a file while it was walked through.
///
/// A file is walked through once: the walk costs more than what is done at each value.
struct VisitedValues: Sendable {
  /// What rules say about a value.
  struct Report: Sendable {
    /// Where the key of the value stands.
    let key: SourceRange
    let value: YAMLNode
    let diagnostics: [Diagnostic]
  }

  /// In the order of the file.
  private(set) var reports: [Report] = []
  /// The fields with paths of what must be there before anything runs, in the order of the file.
  private(set) var paths: [FieldVisit] = []

  mutating func visit(_ place: FieldPlace) {
    guard let visit = FieldVisit(place) else { return }
    let diagnostics = FieldValues.findings(visit)
    if !diagnostics.isEmpty {
      reports.append(Report(key: visit.entry.key.range, value: visit.value, diagnostics: diagnostics))
    }
    if MissingFile.isPath(visit) { paths.append(visit) }
  }
}
