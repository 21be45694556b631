import ComposePlan
import ComposeRuntime
import Hummingbird
import NIOCore

/// A task as an answer.
struct TaskAnswer {
  let task: ServiceTask
  let snapshot: TaskSnapshot
  /// Whether the service ends its tasks now, so that a client is told to ask another one.
  var isShuttingDown = false

  init(task: ServiceTask, snapshot: TaskSnapshot? = nil, isShuttingDown: Bool = false) {
    self.task = task
    self.snapshot = snapshot ?? task.snapshot
    self.isShuttingDown = isShuttingDown
  }

  /// The state, whatever it is. Always 200.
  var state: Response { answer(.json(snapshot.json(of: task))) }

  /// What is said to a client that has waited: the state, or the bytes that no state can hold. What fails in a workflow
  /// whose answer is a stream has a status of its own.
  var result: Response {
    switch snapshot.result {
    case .bytes(let bytes)?: return answer(bytes)
    case .failed(let error)? where snapshot.isStream || task.workflow.isStreaming: return failure(error)
    default: return snapshot.status == .cancelled ? cancelled : state
    }
  }

  /// The output alone (runtime specification, section 4.3); 202 while there is none yet.
  var output: Response {
    switch snapshot.result {
    case .json(let json)?: return answer(.json(json))
    case .bytes(let bytes)?: return answer(bytes)
    case .failed(let error)?: return failure(error)
    case .stream?, nil:
      if snapshot.status == .cancelled { return cancelled }
      var response = state
      response.status = .accepted
      return response
    }
  }

  // MARK: Parts

  private func failure(_ error: RuntimeError) -> Response {
    ErrorAnswer(error, run: task.run, task.sources).response
  }

  private var cancelled: Response {
    var answer = isShuttingDown ? ErrorAnswer.shuttingDown : .cancelled
    answer.taskID = task.id
    return answer.response
  }

  private func answer(_ bytes: [UInt8]) -> Response {
    answer(
      Response(
        status: .ok, headers: [.contentType: Resource.unknownContentType, .cacheControl: "no-cache"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))))
  }

  private func answer(_ response: Response) -> Response {
    var response = response
    response.headers[.taskID] = task.id
    return response
  }
}
