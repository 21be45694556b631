/// What a command found, with all that a printer needs to show it.
package struct DiagnosticReport: Sendable {
  /// Sorted, each finding once.
  package let diagnostics: [Diagnostic]
  /// The files that the findings speak of, without what must not be shown.
  package let sources: SourceSet
  /// How many files were looked at, with findings or without.
  package let checkedFiles: Int

  package init(_ diagnostics: Diagnostics, sources: SourceSet, checkedFiles: Int) {
    self.diagnostics = diagnostics.sorted()
    self.sources = sources.concealing(diagnostics.all.flatMap(\.concealed))
    self.checkedFiles = checkedFiles
  }

  func count(of severity: Severity) -> Int {
    diagnostics.reduce(0) { $0 + ($1.severity == severity ? 1 : 0) }
  }
}

/// How a report may look where it goes.
package struct RenderOptions: Sendable {
  /// Whether ANSI colour sequences are welcome.
  package let color: Bool
  /// The terminal's width in columns, if it is known.
  package let width: Int?
  /// Whether `human` ends with how much was found in how many files.
  package let summary: Bool
  /// How many findings of one file the formats for people show; `nil` for all. What is left out is counted in a line of
  /// its own. The formats for programs hold everything.
  package let limit: Int?
  /// The least severity that is a failure in `junit`, which knows only success and failure; `nil` when nothing is one.
  package let failOn: Severity?

  package init(
    color: Bool = false, width: Int? = nil, summary: Bool = true, limit: Int? = RenderOptions.defaultLimit,
    failOn: Severity? = .error
  ) {
    self.color = color
    self.width = width
    self.summary = summary
    self.limit = limit
    self.failOn = failOn
  }

  /// The usual ``limit``: more than anybody mends before looking again.
  package static let defaultLimit = 100
}
