package import ComposeBasic

/// The checks, in the order in which they run.
package enum CheckRegistry {
  package static let all: [any Check.Type] = [
    APIRequestBody.self,
    APIRequestHead.self,
    AddressClash.self,
    CalledNames.self,
    DependencyCycle.self,
    DuplicateAdapter.self,
    DuplicateBranch.self,
    DuplicateGateway.self,
    DuplicateRoute.self,
    DuplicateTool.self,
    EndlessAgent.self,
    EndlessWorkflow.self,
    FieldValues.self,
    FreeValues.self,
    HardCodedCredential.self,
    JobsElsewhere.self,
    MissingEntryJob.self,
    MissingListener.self,
    NothingToRun.self,
    RepeatedCase.self,
    RepeatedDependency.self,
    RetryArithmetic.self,
    SecretInCommand.self,
    SecretInOutput.self,
    SecretTransport.self,
    SharedID.self,
    SharedInstance.self,
    ShellScript.self,
    StreamFormat.self,
    StreamOutput.self,
    StreamReadTwice.self,
    UndefinedGateway.self,
    UnmatchedCallback.self,
    UnreadableNames.self,
    UnreferableID.self,
    UnservedGateway.self,
    UnusedDeclaration.self,
  ]

  /// Every code that the checker can report.
  package static let codes: [DiagnosticCode] =
    ShapeCode.codes + BindingCode.codes + ExpressionCode.codes + CastCode.codes + InterpolationCode.codes
    + OperatorCode.codes + InputCode.codes + [MissingFile.code] + all.flatMap { $0.codes }
}
