package import ComposeBasic
import ComposeSyntax

/// Every code that a check can report.
package enum AllCodes {
  /// In alphabetical order.
  package static let sorted: [DiagnosticCode] =
    (YAMLCodes.all + EnvironmentCodes.all + ExpressionSyntaxCodes.all + DeclarationCodes.all + SuppressionCodes.all
    + CheckRegistry.codes)
    .sorted { $0.id < $1.id }
}
