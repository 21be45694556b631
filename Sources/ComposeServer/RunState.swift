import ComposeBasic
import ComposeRuntime

/// The state of a finished run as clients see it (runtime specification, section 4.1).
struct RunState {
  enum Result {
    /// JSON; `nil` for null, which is left out.
    case completed(output: [UInt8]?)
    case failed(RuntimeError, SourceSet)
  }

  let run: Run
  let workflowID: String
  let result: Result

  var json: [UInt8] {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("task_id", run.id)
      switch result {
      case .completed: json.member("status", "completed")
      case .failed: json.member("status", "failed")
      }
      json.member("workflow_id", workflowID)
      json.member("session_id", optional: run.sessionID)
      if let metadata = try? run.metadata.compactJSON(), !run.metadata.isNull {
        json.key("metadata")
        json.raw(String(decoding: metadata, as: UTF8.self))
      }
      appendResult(to: &json)
    }
    return json.bytes
  }

  private func appendResult(to json: inout JSONWriter) {
    switch result {
    case .completed(let output):
      guard let output else { return }
      json.key("output")
      json.raw(String(decoding: output, as: UTF8.self))
    case .failed(let error, let sources):
      json.member("error", error.line)
      json.object("error_info") { json in
        json.member("code", error.code.rawValue)
        FailureDetails(error, sources).append(to: &json)
      }
    }
  }
}
