package import ComposeBasic
import ComposeSyntax

/// Drops findings about names that a declaration may have which could not be read: that is reported already.
package enum UnreadableNames: Check {
  package static let codes: [DiagnosticCode] = []

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let file = program.file
    let unreadable = file.workflows.filter { $0.node.hasUnreadable("job") }.map(\.node.range)
    guard !unreadable.isEmpty else { return }
    diagnostics.keep { finding in
      finding.code != BindingCode.undefinedJob || !unreadable.contains { $0.contains(finding.range) }
    }
  }
}
