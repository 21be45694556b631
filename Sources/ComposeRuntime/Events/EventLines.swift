package import ComposeBasic
package import ComposePlan

/// Events as JSON lines (`docs/events.md`, `docs/run-events.schema.json`). Every line ends with a line feed.
package struct EventLines: Sendable {
  /// Within one major version, events and members are only added.
  package static let formatVersion = "1.0"

  /// How a run came to its end.
  package enum RunStatus: String, Sendable {
    case completed
    case failed
    case cancelled
  }

  private let sources: SourceSet
  private let namesFolders: Bool

  /// - Parameters:
  ///   - sources: the files of the plan, for the places of events.
  ///   - namesFolders: whether files are named with their folders, which are nobody's business outside of the machine.
  package init(sources: SourceSet, namesFolders: Bool = true) {
    self.sources = sources
    self.namesFolders = namesFolders
  }

  /// The first line.
  ///
  /// - Parameter startedAt: seconds since 1970-01-01T00:00:00Z.
  package func beginning(of run: Run, _ workflow: WorkflowPlan, startedAt: Double) -> [UInt8] {
    line("run-started", time: 0, workflows: [workflow.id], job: nil, workflow.range) { members in
      members["format_version"] = .text(Self.formatVersion)
      members["run_id"] = .text(run.id)
      members["started_at"] = .number(toMilliseconds(startedAt))
    }
  }

  /// The last line. Nothing comes behind it.
  ///
  /// - Parameter time: seconds since the run began.
  package func end(
    of workflow: WorkflowPlan, _ status: RunStatus, exitStatus: Int, error: RuntimeError?, time: Double
  ) -> [UInt8] {
    line("run-ended", time: time, workflows: [workflow.id], job: nil, workflow.range) { members in
      members["status"] = .text(status.rawValue)
      members["exit_status"] = .integer(exitStatus)
      if let error { members["error"] = value(of: error) }
    }
  }

  /// The line of an event.
  package func line(_ event: RunEvent) -> [UInt8] {
    line(event.kind.name, time: event.time, workflows: event.workflows, job: event.job, event.range) { members in
      add(event.kind, to: &members)
    }
  }

  // MARK: Parts

  private func line(
    _ name: String, time: Double, workflows: [String], job: String?, _ range: SourceRange,
    _ add: (inout OrderedObject) -> Void
  ) -> [UInt8] {
    var members: OrderedObject = [
      "event": .text(name), "time": .number((time * 1e6).rounded() / 1e6),
      "workflows": .list(workflows.map { .text($0) }),
    ]
    if let job { members["job"] = .text(job) }
    addPlace(range, to: &members)
    add(&members)
    var printer = JSONPrinter(.compact)
    printer.append(.object(members))
    return printer.bytes + [UInt8(ascii: "\n")]
  }

  private func addPlace(_ range: SourceRange, to members: inout OrderedObject) {
    let file = sources[range.file]
    let position = file.lines.position(at: Int(range.start))
    members["file"] = .text(namesFolders ? file.path : file.path.split(separator: "/").last.map(String.init) ?? "")
    members["line"] = .integer(position.line)
    members["column"] = .integer(position.column)
  }

  private func add(_ kind: RunEvent.Kind, to members: inout OrderedObject) {
    switch kind {
    case .workflowStarted, .firstByte, .jobRewound, .jobCancelled, .workflowCancelled: return
    case .jobStarted(let run): members["run"] = .integer(run)
    case .attemptFailed(let attempt, let count, let error, let delay):
      members["attempt"] = .integer(attempt)
      members["attempts"] = .integer(count)
      members["delay"] = .number(toMilliseconds(delay))
      members["error"] = value(of: error)
    case .interrupted(let point):
      members["id"] = .text(point.id)
      members["phase"] = .text(point.phase.rawValue)
      members["message"] = point.message.isNull ? nil : point.message.forJSON
      members["metadata"] = point.metadata.isNull ? nil : point.metadata.forJSON
    case .answered(let point):
      members["id"] = .text(point.id)
      members["phase"] = .text(point.phase.rawValue)
    case .usage(let usage): members["usage"] = usage.forJSON
    case .notice(let text): members["message"] = .text(text)
    case .jobCompleted(let isStream), .workflowCompleted(let isStream): members["stream"] = .boolean(isStream)
    case .jobRouted(let target): members["to"] = target.map { .text($0) } ?? .null
    case .jobFailureHandled(let error), .jobFailed(let error), .workflowFailed(let error):
      members["error"] = value(of: error)
    case .streamEnded(let chunks), .streamCancelled(let chunks): members["chunks"] = .integer(chunks)
    case .streamFailed(let chunks, let error):
      members["chunks"] = .integer(chunks)
      members["error"] = value(of: error)
    }
  }

  private func value(of error: RuntimeError) -> Value {
    var members: OrderedObject = ["code": .text(error.code.rawValue), "message": .text(error.message)]
    if let job = error.job { members["job"] = .text(job) }
    if let status = error.status { members["status"] = .integer(status) }
    if let seconds = error.retryAfter { members["retry_after"] = .number(seconds) }
    if let range = error.range { addPlace(range, to: &members) }
    return .object(members)
  }

  private func toMilliseconds(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
}

extension Value {
  /// The value, or a text that shows it where JSON cannot say it.
  fileprivate var forJSON: Value { (try? compactJSON()) == nil ? .text(displayText) : self }
}
