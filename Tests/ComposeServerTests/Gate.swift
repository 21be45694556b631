import ComposeRuntime
import ComposeTestSupport

/// Holds runs back until the test lets them go on.
final class Gate: Sendable {
  private let state = Watched((entered: 0, isOpen: false))

  func open() { state.update { $0.isOpen = true } }

  func waitUntilEntered(_ count: Int = 1) async throws {
    try await state.wait(for: "\(count) runs", describe: { "\($0.entered) entered" }) { $0.entered >= count ? () : nil }
  }

  /// Answers with the input once the gate is open.
  var host: FakeHost {
    FakeHost { [state] (call) async throws(RuntimeError) in
      state.update { $0.entered += 1 }
      do {
        try await state.wait(for: "the gate", describe: { "\($0)" }) { $0.isOpen ? () : nil }
      } catch {
        throw .cancelled
      }
      return call.input
    }
  }
}

extension RunningService {
  /// Begins a run that nobody waits for.
  func startTask(_ body: String) async throws -> String {
    let answer = try await run(body)
    guard let id = answer.headers["x-task-id"] else { throw TestSupportError("no task: \(answer.body)") }
    return id
  }

  /// The state in which a task ends.
  func waitForEnd(of id: String) async throws -> String {
    // The stream of events ends with the task.
    _ = try await exchange("GET", "/api/tasks/\(id)/events")
    return try await exchange("GET", "/api/tasks/\(id)").body
  }

  func statuses(of ids: [String]) async throws -> [Int] {
    var statuses: [Int] = []
    for id in ids { statuses.append(try await exchange("GET", "/api/tasks/\(id)").status) }
    return statuses
  }
}
