/// How much a finding matters.
package enum Severity: String, CaseIterable, Comparable, Sendable {
  case note
  case warning
  case error

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// The stable name of one kind of finding. It is never renumbered and never reused.
package struct DiagnosticCode: Hashable, Sendable {
  /// A kebab-case noun of the fault: `unknown-key`, not `check-keys`.
  package let id: String
  package let severity: Severity
  /// One line, without a full stop.
  package let summary: String
  /// The long text: why it matters, then an example with the mistake and one without, as fenced YAML.
  package let explanation: String

  package init(_ id: String, _ severity: Severity, _ summary: String, explanation: String = "") {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.explanation = explanation
  }

  /// Where the code is explained, relative to the project: it has no host of its own.
  package var documentation: String { "docs/diagnostics.md#\(id)" }

  package static func == (left: DiagnosticCode, right: DiagnosticCode) -> Bool { left.id == right.id }

  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
