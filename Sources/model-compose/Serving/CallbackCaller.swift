import ComposeHTTP
import ComposeRuntime
import ComposeServer

/// Tells clients of the end of their tasks: one POST, and two more when it does not arrive.
///
/// The reference tries once and says nothing of a failure.
struct CallbackCaller: Sendable {
  private static let timeouts = HTTPTimeouts(connect: 5, firstByte: 10, idle: 10, total: 15)
  /// Before the second and the third attempt, in seconds.
  private static let delays: [Double] = [1, 5]

  let transport: any HTTPTransport
  let clock: any RunClock

  func deliver(_ delivery: CallbackDelivery) async {
    var request = HTTPRequest(
      method: "POST", url: delivery.url,
      headers: [HTTPField("Content-Type", "application/json"), HTTPField("X-Task-Id", delivery.taskID)]
        + delivery.headers.map { HTTPField($0.name, $0.value) },
      body: delivery.body, timeouts: Self.timeouts)
    // What it leads to was not asked for.
    request.followsRedirects = false
    for delay in Self.delays {
      if await isDelivered(request) { return }
      do throws(RuntimeError) { try await clock.sleep(seconds: delay) } catch { return }
    }
    _ = await isDelivered(request)
  }

  /// Whether somebody has answered. An error of the receiver's own is worth another attempt, a refusal is not.
  private func isDelivered(_ request: HTTPRequest) async -> Bool {
    do throws(HTTPError) {
      let response = try await transport.send(request)
      response.body.cancel()
      return response.status < 500 && response.status != 429
    } catch {
      return false
    }
  }
}
