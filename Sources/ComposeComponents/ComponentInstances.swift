import ComposeBasic
import ComposePlan
import ComposeRuntime
import Synchronization

/// The components that are in use: one value for each place in the file where one is declared.
///
/// The reference keeps them by their ids, and mixes up those that are written inside two workflows.
final class ComponentInstances: Sendable {
  private let services: Services
  private let instances = Mutex<[SourceRange: any Component]>([:])

  init(_ services: Services) { self.services = services }

  /// The component that the invocation is for.
  func instance(of type: any Component.Type, for invocation: Invocation) -> any Component {
    instances.withLock { instances in
      if let instance = instances[invocation.componentRange] { return instance }
      let instance = type.init(ComponentDeclaration(invocation), services)
      instances[invocation.componentRange] = instance
      return instance
    }
  }

  /// Starts all that were asked for, side by side.
  ///
  /// - Throws: the first failure in time, when all others have been stopped.
  func start() async throws(RuntimeError) {
    let started = instances.withLock { $0 }
    let failure = await withTaskGroup(of: RuntimeError?.self) { group in
      for (range, instance) in started {
        group.addTask {
          do throws(RuntimeError) {
            try await instance.start()
            return nil
          } catch {
            return error.located(range: range)
          }
        }
      }
      var failure: RuntimeError?
      for await outcome in group where outcome != nil && failure == nil {
        failure = outcome
        group.cancelAll()
      }
      return failure
    }
    guard let failure else { return }
    await stop()
    throw failure
  }

  /// Cleans up behind all that were asked for, one after the other.
  ///
  /// - Returns: what failed.
  func cleanUp() async -> [RuntimeError] {
    var failures: [RuntimeError] = []
    for (range, instance) in instances.withLock({ $0 }).sorted(by: { $0.key.start < $1.key.start }) {
      do throws(RuntimeError) { try await instance.cleanUp() } catch { failures.append(error.located(range: range)) }
    }
    return failures
  }

  /// Stops all, side by side.
  func stop() async {
    let stopped = instances.withLock { instances in
      defer { instances = [:] }
      return instances
    }
    await withDiscardingTaskGroup { group in
      for instance in stopped.values { group.addTask { await instance.stop() } }
    }
  }
}
