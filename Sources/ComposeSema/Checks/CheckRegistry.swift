package import ComposeBasic

/// The checks, in the order in which they run.
package enum CheckRegistry {
  package static let all: [any Check.Type] = [
    APIRequestBody.self,
    DependencyCycle.self,
    MissingEntryJob.self,
    NothingToRun.self,
    StreamFormat.self,
    StreamOutput.self,
    StreamReadTwice.self,
    UnknownInput.self,
  ]

  /// Every code that the checker can report.
  package static let codes: [DiagnosticCode] =
    ShapeCode.codes + BindingCode.codes + ExpressionCode.codes + CastCode.codes + InterpolationCode.codes
    + OperatorCode.codes + all.flatMap { $0.codes }
}
