package import ComposePlan
import Synchronization

/// Where a service really listens.
package struct BoundAddresses: Hashable, Sendable {
  /// The HTTP adapters, in the order of the file.
  package let apis: [ServingPlan.Address]
  package let webUI: ServingPlan.Address?

  /// The first HTTP adapter.
  package var api: ServingPlan.Address? { apis.first }
}

/// Waits for the ports and says so once.
final class Readiness: Sendable {
  private struct Ports: Sendable {
    var apis: [Int: Int] = [:]
    var webUI: Int?
  }

  private let serving: ServingPlan
  private let onReady: @Sendable (BoundAddresses) -> Void
  private let ports = Mutex(Ports())

  init(_ serving: ServingPlan, _ onReady: @escaping @Sendable (BoundAddresses) -> Void) {
    self.serving = serving
    self.onReady = onReady
  }

  func apiBound(to port: Int, at index: Int) { bound { $0.apis[index] = port } }

  func webUIBound(to port: Int) { bound { $0.webUI = port } }

  private func bound(_ change: (inout Ports) -> Void) {
    let ports = ports.withLock { ports in
      change(&ports)
      return ports
    }
    guard ports.apis.count == serving.apis.count, (serving.webUI == nil) == (ports.webUI == nil) else { return }
    let apis = serving.apis.enumerated().map { index, api in
      ServingPlan.Address(host: api.address.host, port: ports.apis[index] ?? api.address.port)
    }
    let webUI = serving.webUI.map { ServingPlan.Address(host: $0.host, port: ports.webUI ?? $0.port) }
    onReady(BoundAddresses(apis: apis, webUI: webUI))
  }
}
