import ComposeProcess
import ComposeRuntime

extension RuntimeError {
  /// What a program that could not be run means for a run.
  init(_ error: ProcessError) {
    switch error.kind {
    case .invalid, .notExecutable, .tooLong: self.init(.value, error.message)
    case .notFound, .workingDirectory: self.init(.value, error.message, fault: .missingFile)
    case .outputTooLong: self.init(.protocolViolation, error.message)
    case .cancelled: self = .cancelled
    case .unavailable: self.init(.internal, error.message)
    case .input: self = error.cause as? RuntimeError ?? RuntimeError(.internal, error.message)
    }
  }
}

/// Runs what processes do, with their errors as those of a run.
func withProcessErrors<Output>(
  _ body: () async throws(ProcessError) -> Output
) async throws(RuntimeError) -> Output {
  do throws(ProcessError) { return try await body() } catch { throw RuntimeError(error) }
}
