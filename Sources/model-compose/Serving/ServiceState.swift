import ComposeBasic
import ComposeHTTP
import ComposeRuntime
import ComposeServer

/// What a running service says about itself when it is asked.
struct ServiceState: Sendable {
  enum Health: Hashable, Sendable {
    case healthy
    /// It does not serve yet.
    case starting
    /// What it says instead, such as `shutting-down`.
    case unhealthy(String)
    /// Why there was no answer.
    case silent(String)

    /// One word or two, for people and for programs.
    var text: String {
      switch self {
      case .healthy: "ok"
      case .starting: "starting"
      case .unhealthy(let status): status
      case .silent: "no answer"
      }
    }
  }

  let record: InstanceRecord
  let health: Health
  /// How many tasks there are of each status; `nil` when the service does not tell.
  let tasks: [(status: String, count: Int)]?

  private static let patience = HTTPTimeouts(connect: 2, firstByte: 3, idle: 3, total: 5)
  private static let longestAnswer = 8 << 20
  private static let mostTasks = 1000

  /// Asks the service.
  init(_ record: InstanceRecord, _ transport: some HTTPTransport) async {
    self.record = record
    guard let base = record.addresses?.localAPI else {
      health = record.addresses == nil ? .starting : .healthy
      tasks = nil
      return
    }
    do {
      let (status, body) = try await Self.get("\(base)/health", [], transport)
      guard status != 200 else {
        health = .healthy
        tasks = await Self.tasks(base, transport)
        return
      }
      if case .text(let text) = body.member("status") {
        health = .unhealthy(text)
      } else {
        health = .unhealthy("status \(status)")
      }
    } catch {
      health = .silent(error.message)
    }
    tasks = nil
  }

  private static func tasks(_ base: String, _ transport: some HTTPTransport) async -> [(status: String, count: Int)]? {
    // A service with keys tells those who have one.
    let key = (try? presentedKeys())?.first { $0.workflows == nil }
    let headers = key.map { [HTTPField("Authorization", "Bearer \($0.key)")] } ?? []
    guard let (status, body) = try? await get("\(base)/tasks?limit=\(mostTasks)", headers, transport), status == 200,
      case .list(let tasks) = body.member("tasks")
    else { return nil }
    var counts: [(status: String, count: Int)] = []
    for task in tasks {
      guard case .text(let status) = task.member("status") else { continue }
      if let index = counts.firstIndex(where: { $0.status == status }) {
        counts[index].count += 1
      } else {
        counts.append((status, 1))
      }
    }
    return counts.sorted { $0.status < $1.status }
  }

  private static func get(
    _ url: String, _ headers: [HTTPField], _ transport: some HTTPTransport
  ) async throws(HTTPError) -> (status: Int, body: Value) {
    let response = try await transport.send(
      HTTPRequest(method: "GET", url: url, headers: headers, timeouts: patience))
    let bytes = try await response.body.collect(upTo: longestAnswer)
    return (response.status, (try? parseJSON(bytes)) ?? .null)
  }
}
