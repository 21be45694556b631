package import ComposeBasic

/// The checks, in the order in which they run.
package enum CheckRegistry {
  package static let all: [any Check.Type] = [
    APIRequestBody.self,
    AddressClash.self,
    CalledNames.self,
    APIRequestHead.self,
    DependencyCycle.self,
    DuplicateAdapter.self,
    DuplicateBranch.self,
    DuplicateRoute.self,
    DuplicateTool.self,
    EndlessWorkflow.self,
    MissingEntryJob.self,
    MissingListener.self,
    NothingToRun.self,
    RepeatedCase.self,
    RepeatedDependency.self,
    SharedID.self,
    SharedInstance.self,
    StreamFormat.self,
    StreamOutput.self,
    StreamReadTwice.self,
    UndefinedGateway.self,
    UnknownInput.self,
    UnreadableNames.self,
    UnreferableID.self,
    UnusedDeclaration.self,
  ]

  /// Every code that the checker can report.
  package static let codes: [DiagnosticCode] =
    ShapeCode.codes + BindingCode.codes + ExpressionCode.codes + CastCode.codes + InterpolationCode.codes
    + OperatorCode.codes + all.flatMap { $0.codes }
}
