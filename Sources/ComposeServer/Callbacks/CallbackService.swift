import ComposeBasic
package import ComposePlan
package import ComposeRuntime
package import Logging
import Synchronization

/// Listens for the calls that tell of work which is done (`http-callback`), for as long as somebody may wait for them.
package struct CallbackService: Sendable {
  private let listeners: [ListenerPlan]
  private let broker: CallbackBroker
  private let configuration: ServerConfiguration
  private let logger: Logger

  /// - Parameter configuration: its keys and limits hold for callbacks, too; what it serves does not matter.
  package init(
    _ listeners: [ListenerPlan], _ broker: CallbackBroker, _ configuration: ServerConfiguration, logger: Logger
  ) {
    self.listeners = listeners
    self.broker = broker
    self.configuration = configuration
    self.logger = logger
  }

  /// Listens, runs the body, and stops again. Without a listener it only runs the body.
  ///
  /// - Parameter body: gets the addresses, in the order of the file.
  /// - Throws: ``ServerError`` when it cannot listen; what the body throws.
  package func run<Output: Sendable>(
    _ body: @escaping @Sendable ([ServingPlan.Address]) async throws -> Output
  ) async throws -> Output {
    guard !listeners.isEmpty else { return try await body([]) }
    let ports = BoundPorts(count: listeners.count)
    let running = try makeListeners(ports)
    return try await withThrowingTaskGroup(of: Part<Output>.self) { group in
      for listener in running {
        group.addTask {
          try await listener.run()
          return .listener
        }
      }
      group.addTask {
        let bound = try await ports.wait()
        broker.open()
        defer { broker.close() }
        let addresses = zip(listeners, bound).map { ServingPlan.Address(host: $0.address.host, port: $1) }
        return .finished(try await body(addresses))
      }
      while let part = try await group.next() {
        guard case .finished(let output) = part else { continue }
        for listener in running { await listener.stop() }
        // Who brought the last call gets its answer.
        group.addTask {
          try await Task.sleep(for: .seconds(1))
          return .patienceOver
        }
        var left = running.count
        waiting: while left > 0, let part = await group.nextResult() {
          if case .success(.patienceOver) = part { break waiting }
          left -= 1
        }
        group.cancelAll()
        return output
      }
      throw CancellationError()
    }
  }

  private enum Part<Output: Sendable>: Sendable {
    case listener
    case finished(Output)
    case patienceOver
  }

  private func makeListeners(_ ports: BoundPorts) throws(ServerError) -> [Listener] {
    let keys = APIKeys(configuration.apiKeys)
    for listener in listeners where !listener.address.isLoopback && keys.isEmpty && !configuration.allowsInsecure {
      throw .unprotected(listener.address)
    }
    return listeners.enumerated().map { index, listener in
      // A tunnel ends on this machine, and who calls through it has no key of ours.
      let responder = CallbackResponder(
        receivers: listener.callbacks.map { CallbackReceiver($0, broker) },
        keys: listener.address.isLoopback ? APIKeys([]) : keys, maximumBodySize: configuration.maximumBodySize)
      return Listener(listener.address, responder, configuration, logger: logger) { ports.note($0, at: index) }
    }
  }
}

/// Waits until every listener has its port.
private final class BoundPorts: Sendable {
  private let count: Int
  private let ports = Mutex<[Int: Int]>([:])
  private let all = Latch()

  init(count: Int) { self.count = count }

  func note(_ port: Int, at index: Int) {
    let isComplete = ports.withLock { ports in
      ports[index] = port
      return ports.count == count
    }
    if isComplete { all.open() }
  }

  /// The ports in the order of the listeners.
  ///
  /// - Throws: `CancellationError` when one of them cannot listen.
  func wait() async throws -> [Int] {
    await all.wait()
    guard all.isOpen else { throw CancellationError() }
    return ports.withLock { ports in (0..<count).compactMap { ports[$0] } }
  }
}
