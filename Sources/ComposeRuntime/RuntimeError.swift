package import ComposeBasic

/// Why a run, or a part of it, failed. It is meant for the person who reads it: never a stack trace, never a secret.
package struct RuntimeError: Error, Sendable {
  /// What kind of failure it is; clients decide by it.
  package enum Code: String, Sendable {
    /// The caller's input cannot be used.
    case invalidInput = "invalid-input"
    /// There is no workflow of that name.
    case unknownWorkflow = "unknown-workflow"
    /// The file needs something that this program does not run.
    case unsupported
    /// A value could not be converted or had the wrong kind.
    case value
    /// The provider answered with an error status, or with an error inside its stream.
    case provider
    /// The provider's reply could not be read.
    case protocolViolation = "protocol"
    /// The provider could not be reached, or the connection was lost.
    case connection
    case timeout
    /// The run stopped for an answer that nobody gives.
    case unanswered
    /// Something would run more often, or deeper, than it may.
    case limit
    /// Jobs are left that nothing can start any more.
    case deadlock
    case cancelled
    /// A fault of ours.
    case `internal`
  }

  package var code: Code
  /// One line, without the job's name.
  package var message: String
  /// Where in the file the failing part was written.
  package var range: SourceRange?
  /// The id of the failing job.
  package var job: String?
  /// The provider's HTTP status.
  package var status: Int?
  /// How long the provider asks to wait, in seconds.
  package var retryAfter: Double?
  /// What was wrong with the value that could not be used.
  package var fault: ValueFault
  /// The code under which `check` reports the same mistake where it can know of it; the reference goes on there.
  package var diagnosticCode: String?

  package init(
    _ code: Code, _ message: String, range: SourceRange? = nil, job: String? = nil, status: Int? = nil,
    retryAfter: Double? = nil, fault: ValueFault = .content, diagnosticCode: String? = nil
  ) {
    self.code = code
    self.message = message
    self.fault = fault
    self.diagnosticCode = diagnosticCode
    self.range = range
    self.job = job
    self.status = status
    self.retryAfter = retryAfter
  }

  /// The same error with the place filled in, unless an inner part has said it already.
  package func located(job: String? = nil, range: SourceRange? = nil) -> RuntimeError {
    var copy = self
    copy.job = copy.job ?? job
    copy.range = copy.range ?? range
    return copy
  }

  package static let cancelled = RuntimeError(.cancelled, "the run was cancelled")
}
