import ComposeBasic
package import ComposePlan
package import ComposeRuntime

/// Runs the components of this program.
///
/// The copies of a registry share their components.
package struct ComponentRegistry: ComponentHost {
  /// The component types that run natively: one folder each, and a line here.
  private static let all: [any Component.Type] = [
    Agent.self,
    FileStore.self,
    HTTPClient.self,
    HTTPServer.self,
    KeyValueStore.self,
    Shell.self,
    TextParser.self,
    TextSplitter.self,
    VectorProcessor.self,
    WorkflowCall.self,
  ]

  private static let byType = Dictionary(uniqueKeysWithValues: all.map { ($0.type, $0) })

  /// Fields that every component and action has.
  private static let commonComponentFields: Set<String> = ["default", "runtime", "driver", "max_concurrent_count"]
  private static let commonActionFields: Set<String> = ["default"]

  private let services: Services
  private let instances: ComponentInstances

  package init(services: Services) {
    self.services = services
    instances = ComponentInstances(services)
  }

  package var conversion: ConversionContext { services.conversion }

  /// The names of the types that run.
  package static var types: [String] { all.map { $0.type } }

  package func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    guard let type = Self.byType[call.invocation.type] else {
      throw RuntimeError(.unsupported, Self.message(for: call.invocation), range: call.invocation.componentRange)
    }
    return try await instances.instance(of: type, for: call.invocation).run(call)
  }

  package func start(_ invocations: [Invocation]) async throws(RuntimeError) {
    makeInstances(for: invocations)
    try await instances.start()
  }

  /// Takes back what the setup of components has left on this machine, for a service that was taken down.
  ///
  /// - Returns: what failed; the others are cleaned up all the same.
  package func cleanUp(_ invocations: [Invocation]) async -> [RuntimeError] {
    makeInstances(for: invocations)
    return await instances.cleanUp()
  }

  private func makeInstances(for invocations: [Invocation]) {
    for invocation in invocations {
      guard let type = Self.byType[invocation.type] else { continue }
      _ = instances.instance(of: type, for: invocation)
    }
  }

  package func stop() async { await instances.stop() }

  package func refusals(of invocation: Invocation) -> [Refusal] {
    guard let component = Self.byType[invocation.type] else {
      return [Refusal(Self.message(for: invocation), at: invocation.componentRange, isOfComponentType: true)]
    }
    let componentFields = component.componentFields.union(Self.commonComponentFields)
    let actionFields = component.actionFields.union(Self.commonActionFields)
    let unknown =
      refused(invocation.componentFields, beyond: componentFields)
      + refused(invocation.actionFields, beyond: actionFields)
    return unknown + [invocation.runtimeRefusal].compactMap(\.self) + component.refusals(of: invocation)
  }

  private func refused(_ fields: [PlanField], beyond known: Set<String>) -> [Refusal] {
    fields.filter { !known.contains($0.name.value) && Self.knownButNotRun.contains($0.name.value) }
      .map { Refusal("'\($0.name.value)' is not carried out by this version", at: $0.name.range) }
  }

  /// Fields that have an effect in the reference. Keys that mean nothing are the checker's finding and change nothing.
  private static let knownButNotRun: Set<String> = ["completion", "rate_limit"]

  private static func message(for invocation: Invocation) -> String {
    let name = invocation.component == "__component__" ? "the component" : "component '\(invocation.component)'"
    return "\(name) has the type '\(invocation.type)', which is checked and planned, but not run"
  }
}
