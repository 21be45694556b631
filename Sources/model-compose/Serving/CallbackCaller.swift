import ComposeHTTP
import ComposeRuntime
import ComposeServer

/// Tells clients of the end of their tasks: one POST, and two more when it does not arrive.
///
/// The reference tries once.
struct CallbackCaller: Sendable {
  private static let timeouts = HTTPTimeouts(connect: 5, firstByte: 10, idle: 10, total: 15)
  /// Before the second and the third attempt, in seconds.
  private static let delays: [Double] = [1, 5]

  let transport: any HTTPTransport
  let clock: any RunClock

  /// - Returns: why it was given up; `nil` when the receiver has taken it.
  func deliver(_ delivery: CallbackDelivery) async -> String? {
    var request = HTTPRequest(
      method: "POST", url: delivery.url, headers: headers(of: delivery), body: delivery.body, timeouts: Self.timeouts)
    // What it leads to was not asked for.
    request.followsRedirects = false
    var delays = Self.delays[...]
    while true {
      switch await attempt(request) {
      case .taken: return nil
      case .refused(let reason): return reason
      case .again(let reason):
        guard let delay = delays.popFirst() else { return reason }
        do throws(RuntimeError) { try await clock.sleep(seconds: delay) } catch { return reason }
      }
    }
  }

  /// Those that the client gave, and ours where it gave none of that name.
  private func headers(of delivery: CallbackDelivery) -> [HTTPField] {
    let given = delivery.headers.map { HTTPField($0.name, $0.value) }
    let names = Set(given.map { $0.name.lowercased() })
    let ours = [HTTPField("Content-Type", "application/json"), HTTPField("X-Task-Id", delivery.taskID)]
    return ours.filter { !names.contains($0.name.lowercased()) } + given
  }

  private enum Outcome {
    case taken
    case refused(String)
    /// Another attempt may help.
    case again(String)
  }

  /// An error of the receiver's own is worth another attempt, a refusal is not.
  private func attempt(_ request: HTTPRequest) async -> Outcome {
    do throws(HTTPError) {
      let response = try await transport.send(request)
      response.body.cancel()
      let reason = "the receiver answered \(response.status)"
      switch response.status {
      case ..<300: return .taken
      case 429, 500...: return .again(reason)
      default: return .refused(reason)
      }
    } catch {
      return .again(error.message)
    }
  }
}
