import ComposeBasic
import ComposeRuntime
import Hummingbird

/// Where a run failed, as far as it is known.
struct FailureDetails: Sendable {
  var job: String?
  /// The provider's HTTP status.
  var status: Int?
  /// 1-based.
  var line: Int?
  /// The file's name without its folders, which are nobody's business.
  var file: String?

  init() {}

  init(_ error: RuntimeError, _ sources: SourceSet) {
    job = error.job
    status = error.status
    guard let range = error.range, Int(range.file.index) < sources.files.count else { return }
    let source = sources[range.file]
    line = source.lines.line(at: Int(range.start))
    file = source.path.split(separator: "/").last.map(String.init)
  }

  /// Appends the members that are known.
  func append(to json: inout JSONWriter) {
    json.member("job", optional: job)
    if let status { json.member("status", status) }
    if let line { json.member("line", line) }
    json.member("file", optional: file)
  }
}

extension ErrorAnswer {
  /// A failed run with the status that says why.
  init(_ error: RuntimeError, run: Run, _ sources: SourceSet) {
    self.init(error.answerStatus, error.code.rawValue, error.line)
    taskID = run.id
    failure = FailureDetails(error, sources)
    if status == .tooManyRequests { retryAfter = error.retryAfter.flatMap { Int(exactly: max(0, $0).rounded(.up)) } }
  }
}

extension RuntimeError {
  /// The message on one line, whatever the provider put into it.
  var line: String {
    guard message.contains(where: \.isNewline) else { return message }
    return message.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  var answerStatus: HTTPResponse.Status {
    switch code {
    case .invalidInput: .badRequest
    case .unknownWorkflow: .notFound
    case .unsupported: .notImplemented
    case .provider: status == 429 ? .tooManyRequests : .badGateway
    case .protocolViolation, .connection: .badGateway
    case .timeout: .gatewayTimeout
    case .limit, .deadlock, .unanswered: .internalServerError
    case .cancelled: .serviceUnavailable
    case .value, .internal: .internalServerError
    }
  }
}
