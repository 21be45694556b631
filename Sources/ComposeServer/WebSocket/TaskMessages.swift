import ComposeBasic
import ComposePlan
import ComposeRuntime

/// Words what is to be said of one task, in the reference's shapes.
struct TaskMessages: Sendable {
  let task: ServiceTask
  let envelope: WebSocketEnvelope
  private let lines: EventLines

  init(_ task: ServiceTask, _ envelope: WebSocketEnvelope) {
    self.task = task
    self.envelope = envelope
    lines = EventLines(sources: task.sources, namesFolders: false)
  }

  // MARK: Answers

  func started(_ snapshot: TaskSnapshot, id: String?) -> WebSocketOutbox.Message {
    envelope.message("workflow_started", id: id) { json in
      json.member("task_id", task.id)
      json.member("workflow_id", task.workflow.id)
      json.member("status", snapshot.status.rawValue)
    }
  }

  /// `task_resumed` and `task_cancelled`.
  func changed(_ type: String, to status: TaskStatus, id: String?) -> WebSocketOutbox.Message {
    envelope.message(type, id: id) { json in
      json.member("task_id", task.id)
      json.member("status", status.rawValue)
    }
  }

  /// - Parameter eventID: the number of the last event that the state contains.
  func subscribed(_ snapshot: TaskSnapshot, eventID: Int, id: String? = nil) -> WebSocketOutbox.Message {
    envelope.message("task_subscribed", id: id) { json in
      json.member("task_id", task.id)
      json.object("state") { appendState(snapshot, to: &$0) }
      json.member("event_id", eventID)
    }
  }

  func state(_ snapshot: TaskSnapshot, eventID: Int? = nil, id: String? = nil) -> WebSocketOutbox.Message {
    envelope.message("task_state", id: id) { json in
      appendState(snapshot, to: &json)
      if let eventID { json.member("event_id", eventID) }
    }
  }

  private func appendState(_ snapshot: TaskSnapshot, to json: inout JSONWriter) {
    json.member("task_id", task.id)
    json.member("status", snapshot.status.rawValue)
    json.member("workflow_id", task.workflow.id)
    json.member("session_id", optional: task.run.sessionID)
    task.appendMetadata(to: &json)
    appendResult(of: snapshot, to: &json)
  }

  private func appendResult(of snapshot: TaskSnapshot, to json: inout JSONWriter) {
    if let output = OutgoingStream.Source(of: snapshot) {
      json.object("output") { json in output.appendVariable(id: task.id, to: &json) }
      if case .failed? = snapshot.result { snapshot.appendResult(to: &json, task) }
    } else {
      snapshot.appendResult(to: &json, task)
    }
    guard snapshot.status == .interrupted else { return }
    json.array("interrupt") { json in for point in snapshot.interrupts { point.append(to: &json) } }
  }

  // MARK: Events

  /// The messages of a change of status: the state, and what the change is called.
  func messages(_ snapshot: TaskSnapshot, eventID: Int) -> [WebSocketOutbox.Message] {
    let state = state(snapshot, eventID: eventID)
    guard let name = name(of: snapshot.status, eventID: eventID) else { return [state] }
    let event = envelope.message("task_event") { json in
      json.member("task_id", task.id)
      json.member("workflow_id", task.workflow.id)
      json.member("event", name)
      json.member("status", snapshot.status.rawValue)
      appendResult(of: snapshot, to: &json)
      json.key("elapsed")
      json.raw(milliseconds(snapshot.elapsed))
      json.member("session_id", optional: task.run.sessionID)
      task.appendMetadata(to: &json)
      json.member("event_id", eventID)
    }
    return [state, event]
  }

  private func name(of status: TaskStatus, eventID: Int) -> String? {
    switch status {
    case .pending, .cancelling: nil
    // The first event of a task is that it goes on from waiting for its turn.
    case .processing: eventID == 1 ? "started" : "resumed"
    case .interrupted, .streaming, .completed, .failed, .cancelled: status.rawValue
    }
  }

  /// - Parameter elapsed: how long the job took, where that is known.
  func message(_ event: RunEvent, eventID: Int, elapsed: Double?, jobType: String?) -> WebSocketOutbox.Message {
    guard let job = event.job, let name = jobEventName(event.kind) else {
      return envelope.message("run_event") { json in
        json.member("task_id", task.id)
        json.key("line")
        json.raw(String(decoding: lines.line(event).dropLast(), as: UTF8.self))
        json.member("event_id", eventID)
      }
    }
    return envelope.message("job_event") { json in
      json.member("task_id", task.id)
      json.member("workflow_id", optional: event.workflows.last)
      json.member("job_id", job)
      json.member("job_type", optional: jobType)
      json.member("event", name)
      if let elapsed {
        json.key("elapsed")
        json.raw(milliseconds(elapsed))
      }
      switch event.kind {
      case .jobFailed(let error): json.member("error", error.line)
      case .jobRouted(let target): json.member("next_job_id", optional: target)
      default: break
      }
      json.member("event_id", eventID)
    }
  }

  private func jobEventName(_ kind: RunEvent.Kind) -> String? {
    switch kind {
    case .jobStarted: "started"
    case .jobCompleted: "completed"
    case .jobFailed: "failed"
    case .jobCancelled: "cancelled"
    case .jobRouted: "routed"
    default: nil
    }
  }

  /// Seconds as JSON, rounded to milliseconds.
  private func milliseconds(_ seconds: Double) -> String { ((seconds * 1e3).rounded() / 1e3).description }
}
