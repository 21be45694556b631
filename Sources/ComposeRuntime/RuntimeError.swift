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

  /// What there is to say. It lies beside the error, which every step that may fail has room for: the steps of a run
  /// that waits would otherwise hold some ten kilobytes of room for errors.
  private final class Details: Sendable {
    let code: Code
    let message: String
    let range: SourceRange?
    let job: String?
    let status: Int?
    let retryAfter: Double?
    let fault: ValueFault
    let diagnosticCode: String?

    init(
      code: Code, message: String, range: SourceRange?, job: String?, status: Int?, retryAfter: Double?,
      fault: ValueFault, diagnosticCode: String?
    ) {
      self.code = code
      self.message = message
      self.range = range
      self.job = job
      self.status = status
      self.retryAfter = retryAfter
      self.fault = fault
      self.diagnosticCode = diagnosticCode
    }
  }

  private let details: Details

  package var code: Code { details.code }
  /// One line, without the job's name.
  package var message: String { details.message }
  /// Where in the file the failing part was written.
  package var range: SourceRange? { details.range }
  /// The id of the failing job.
  package var job: String? { details.job }
  /// The provider's HTTP status.
  package var status: Int? { details.status }
  /// How long the provider asks to wait, in seconds.
  package var retryAfter: Double? { details.retryAfter }
  /// What was wrong with the value that could not be used.
  package var fault: ValueFault { details.fault }
  /// The code under which `check` reports the same mistake where it can know of it; the reference goes on there.
  package var diagnosticCode: String? { details.diagnosticCode }

  package init(
    _ code: Code, _ message: String, range: SourceRange? = nil, job: String? = nil, status: Int? = nil,
    retryAfter: Double? = nil, fault: ValueFault = .content, diagnosticCode: String? = nil
  ) {
    details = Details(
      code: code, message: message, range: range, job: job, status: status, retryAfter: retryAfter, fault: fault,
      diagnosticCode: diagnosticCode)
  }

  /// The same error with the place filled in, unless an inner part has said it already.
  package func located(job: String? = nil, range: SourceRange? = nil) -> RuntimeError {
    if (job == nil || self.job != nil) && (range == nil || self.range != nil) { return self }
    return with(message, self.range ?? range, self.job ?? job, fault)
  }

  /// The same error in other words.
  package func saying(_ message: String) -> RuntimeError { with(message, range, job, fault) }

  /// The same error with another fault.
  package func withFault(_ fault: ValueFault) -> RuntimeError { with(message, range, job, fault) }

  private func with(_ message: String, _ range: SourceRange?, _ job: String?, _ fault: ValueFault) -> RuntimeError {
    RuntimeError(
      code, message, range: range, job: job, status: status, retryAfter: retryAfter, fault: fault,
      diagnosticCode: diagnosticCode)
  }

  package static let cancelled = RuntimeError(.cancelled, "the run was cancelled")
}
