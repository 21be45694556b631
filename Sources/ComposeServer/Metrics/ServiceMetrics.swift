import ComposePlan
import ComposeRuntime
import Hummingbird
import NIOCore
import Synchronization

/// Counts what a service does, for `GET /metrics`.
///
/// The labels are workflows, statuses, methods and routes: there are only a few of each, whatever clients send.
final class ServiceMetrics: ServiceObserver {
  private struct State {
    var tasks: [TaskLabels: Int] = [:]
    var durations: [String: Histogram] = [:]
    var firstBytes: [String: Histogram] = [:]
    var requests: [RequestLabels: Int] = [:]
    var requestDurations: [String: Histogram] = [:]
    var retries = 0
    var registry: TaskRegistry?
  }

  private struct TaskLabels: Hashable {
    let workflow: String
    let status: TaskStatus
  }

  private struct RequestLabels: Hashable {
    let method: String
    let route: String
    let status: Int
  }

  private let state = Mutex(State())

  /// Takes the numbers of tasks that are under way from there.
  func watch(_ registry: TaskRegistry) { state.withLock { $0.registry = registry } }

  // MARK: Counting

  func taskChanged(_ task: ServiceTask, _ snapshot: TaskSnapshot) {
    let workflow = task.workflow.id
    state.withLock { state in
      if snapshot.status == .streaming { state.firstBytes[workflow, default: Histogram()].add(snapshot.elapsed) }
      guard snapshot.status.isFinal else { return }
      state.tasks[TaskLabels(workflow: workflow, status: snapshot.status), default: 0] += 1
      state.durations[workflow, default: Histogram()].add(snapshot.elapsed)
    }
  }

  func observe(_ event: RunEvent, of task: ServiceTask) {
    guard case .attemptFailed = event.kind else { return }
    state.withLock { $0.retries += 1 }
  }

  func requestEnded(_ request: ServedRequest) {
    // A client can make up methods.
    let known = ["GET", "HEAD", "POST", "DELETE", "OPTIONS"]
    let method = known.contains(request.method) ? request.method : "other"
    state.withLock { state in
      state.requests[RequestLabels(method: method, route: request.route, status: request.status), default: 0] += 1
      state.requestDurations[request.route, default: Histogram()].add(request.seconds)
    }
  }

  // MARK: Telling

  /// What a caller may see: of workflows that it may not run there is nothing.
  func response(for caller: Caller) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text(for: caller))))
  }

  func text(for caller: Caller) -> String {
    var text = PrometheusText()
    let registry = state.withLock { $0.registry }
    appendLive(registry, caller, to: &text)
    state.withLock { state in
      text.counter("model_compose_tasks_total", "Tasks that have ended.")
      for (labels, count) in state.tasks.sorted(by: {
        ($0.key.workflow, $0.key.status.rawValue) < ($1.key.workflow, $1.key.status.rawValue)
      }) where caller.mayRun(labels.workflow) {
        text.sample(
          "model_compose_tasks_total", [("workflow", labels.workflow), ("status", labels.status.rawValue)], count)
      }
      text.histograms(
        "model_compose_task_duration_seconds", "Time of a task, its stream included.", label: "workflow",
        state.durations.filter { caller.mayRun($0.key) })
      text.histograms(
        "model_compose_task_first_byte_seconds", "Time of a task until the first piece of its stream.",
        label: "workflow", state.firstBytes.filter { caller.mayRun($0.key) })
      text.counter("model_compose_job_retries_total", "Attempts of jobs that failed and were followed by another one.")
      text.sample("model_compose_job_retries_total", [], state.retries)
      text.counter("model_compose_http_requests_total", "Requests that have been answered.")
      for (labels, count) in state.requests.sorted(by: {
        ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
      }) {
        text.sample(
          "model_compose_http_requests_total",
          [("method", labels.method), ("route", labels.route), ("status", String(labels.status))], count)
      }
      text.histograms(
        "model_compose_http_request_duration_seconds", "Time of a request, from its head to the end of the answer.",
        label: "route", state.requestDurations)
    }
    ProcessFigures.now.append(to: &text)
    return text.content
  }

  private func appendLive(_ registry: TaskRegistry?, _ caller: Caller, to text: inout PrometheusText) {
    var counts: [TaskStatus: Int] = [:]
    for task in registry?.list ?? [] where caller.mayRun(task.workflow.id) {
      counts[task.snapshot.status, default: 0] += 1
    }
    text.gauge("model_compose_tasks_active", "Tasks that have not ended.")
    for status in TaskStatus.allCases where !status.isFinal {
      text.sample("model_compose_tasks_active", [("status", status.rawValue)], counts[status] ?? 0)
    }
    text.gauge("model_compose_tasks_kept", "Tasks that have ended and can still be asked for.")
    text.sample(
      "model_compose_tasks_kept", [], TaskStatus.allCases.filter(\.isFinal).reduce(0) { $0 + (counts[$1] ?? 0) })
  }
}
