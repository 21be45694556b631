import ComposeBasic
import ComposeSyntax

/// Regular expressions in fields of their own; those of `match` are found where conditions are checked.
enum PatternRule: FieldRule {
  static let codes: [DiagnosticCode] = []

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    guard visit.owner == .action, visit.name == "regex_pattern",
      case .text(let pattern)? = visit.literal?.value
    else { return }
    // Flags can change how a pattern is written: blanks and comments in it.
    if let flags = visit.mapping.entry("regex_flags")?.value.scalar?.text, !flags.isEmpty { return }
    do throws(RegularExpressionError) {
      _ = try RegularExpression(pattern)
    } catch {
      findings.emit(
        Diagnostic(
          OperatorCode.invalidPattern, "the pattern \(error)", at: visit.value.range
        )
        .upstream("fails when it runs, if it cannot read the pattern either"))
    }
  }
}
