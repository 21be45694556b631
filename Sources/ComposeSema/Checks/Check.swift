package import ComposeBasic

/// One check over a typed program. A check owns its file: its code, its logic and its messages.
package protocol Check: SendableMetatype {
  /// What it reports.
  static var codes: [DiagnosticCode] { get }

  static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics)
}
