import ComposeBasic
import ComposePlan
package import ComposeRuntime

/// What a task is at one moment.
package struct TaskSnapshot: Sendable {
  /// Counts the changes of the task.
  package let revision: Int
  package let status: TaskStatus
  /// The places where it stops and that have no answer yet.
  package let interrupts: [InterruptPoint]
  /// From `streaming`, or the end, on; `nil` for a cancelled task without output.
  package let result: TaskResult?
  /// Whether the output is a stream, even if none of it has come.
  package let isStream: Bool
  /// The output that was streamed, also when it failed in the end.
  package let stream: StreamBuffer?
  /// How long it has been under way, or was, in seconds.
  package let elapsed: Double
}

/// What became of a task.
package enum TaskResult: Sendable {
  /// A value, as JSON; `null` included.
  case json([UInt8])
  case bytes([UInt8])
  /// It may still be coming.
  case stream(StreamBuffer)
  case failed(RuntimeError)
}

extension TaskSnapshot {
  /// The state that every task has first. Who begins one is told this, however far it has come meanwhile: the answer
  /// must not depend on chance.
  static let beginning = TaskSnapshot(
    revision: 0, status: .pending, interrupts: [], result: nil, isStream: false, stream: nil, elapsed: 0)

  /// The state as clients see it (runtime specification, sections 4.1 and 4.2), in the order of the reference.
  ///
  /// - Parameter includesOutput: whether the output is to be in it.
  func json(of task: ServiceTask, includesOutput: Bool = true) -> [UInt8] {
    var json = JSONWriter(.compact)
    append(to: &json, task, includesOutput: includesOutput)
    return json.bytes
  }

  func append(to json: inout JSONWriter, _ task: ServiceTask, includesOutput: Bool = true) {
    json.object { json in
      json.member("task_id", task.id)
      json.member("status", status.rawValue)
      json.member("workflow_id", task.workflow.id)
      if includesOutput { appendResult(to: &json, task) }
      if status == .interrupted {
        json.array("interrupt") { json in for point in interrupts { point.append(to: &json) } }
      }
      json.member("session_id", optional: task.run.sessionID)
      task.appendMetadata(to: &json)
    }
  }

  func appendResult(to json: inout JSONWriter, _ task: ServiceTask) {
    switch result {
    case nil: break
    case .json(let output):
      if output == Array("null".utf8) { break }
      json.key("output")
      json.raw(String(decoding: output, as: UTF8.self))
    case .bytes, .stream:
      // Neither is JSON: who asks is told that there is something to fetch.
      json.member("stream", true)
    case .failed(let error):
      json.member("error", error.line)
      json.object("error_info") { json in
        json.member("code", error.code.rawValue)
        FailureDetails(error, task.sources).append(to: &json)
      }
    }
  }
}

extension ServiceTask {
  /// What the client gave along, if anything.
  func appendMetadata(to json: inout JSONWriter) {
    guard !run.metadata.isNull, let metadata = try? run.metadata.compactJSON() else { return }
    json.key("metadata")
    json.raw(String(decoding: metadata, as: UTF8.self))
  }
}

extension InterruptPoint {
  /// As clients see it.
  func append(to json: inout JSONWriter) {
    json.object { json in
      json.member("id", id)
      json.member("job_id", job)
      json.member("run_id", runID)
      json.member("phase", phase.rawValue)
      if let text = try? message.compactJSON(), !message.isNull {
        json.key("message")
        json.raw(String(decoding: text, as: UTF8.self))
      }
      if let text = try? metadata.compactJSON(), !metadata.isNull {
        json.key("metadata")
        json.raw(String(decoding: text, as: UTF8.self))
      }
    }
  }
}
