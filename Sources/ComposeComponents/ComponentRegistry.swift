import ComposeBasic
package import ComposeHTTP
package import ComposePlan
package import ComposeRuntime

/// One component type that this program runs.
protocol Component: SendableMetatype {
  /// The type's name in files.
  static var type: String { get }

  /// The fields of a component and of an action that are carried out; any other one refuses to run.
  static var componentFields: Set<String> { get }
  static var actionFields: Set<String> { get }

  /// What else of an invocation is not carried out.
  static func refusals(of invocation: Invocation) -> [Refusal]

  static func run(_ call: ComponentCall, services: Services) async throws(RuntimeError) -> Value
}

/// What components reach the world through.
package struct Services: Sendable {
  package let transport: any HTTPTransport
  /// How long the body of an error may take to arrive; after that its beginning has to do.
  package let errorBodyTimeout: Duration

  /// Whether `;url` may name a file of this machine.
  package let allowsFileURLs: Bool

  package init(
    transport: any HTTPTransport, errorBodyTimeout: Duration = .seconds(5), allowsFileURLs: Bool = true
  ) {
    self.transport = transport
    self.errorBodyTimeout = errorBodyTimeout
    self.allowsFileURLs = allowsFileURLs
  }

  /// What conversions may reach: files of this machine, and URLs over the transport.
  var conversion: ConversionContext {
    ConversionContext(opener: TransportOpener(transport: transport), allowsFileURLs: allowsFileURLs)
  }
}

/// Runs the components of this program.
package struct ComponentRegistry: ComponentHost {
  /// The component types that run natively: one file each, and a line here.
  private static let all: [any Component.Type] = [
    HTTPClient.self,
    WorkflowCall.self,
  ]

  private static let byType = Dictionary(uniqueKeysWithValues: all.map { ($0.type, $0) })

  /// Fields that every component and action has.
  private static let commonComponentFields: Set<String> = ["default", "runtime", "driver", "max_concurrent_count"]
  private static let commonActionFields: Set<String> = ["default"]

  private let services: Services

  package init(services: Services) { self.services = services }

  package var conversion: ConversionContext { services.conversion }

  /// The names of the types that run.
  package static var types: [String] { all.map { $0.type } }

  package func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    guard let component = Self.byType[call.invocation.type] else {
      throw RuntimeError(.unsupported, Self.message(for: call.invocation), range: call.invocation.componentRange)
    }
    return try await component.run(call, services: services)
  }

  package func refusals(of invocation: Invocation) -> [Refusal] {
    guard let component = Self.byType[invocation.type] else {
      return [Refusal(Self.message(for: invocation), at: invocation.componentRange)]
    }
    let componentFields = component.componentFields.union(Self.commonComponentFields)
    let actionFields = component.actionFields.union(Self.commonActionFields)
    let unknown =
      refused(invocation.componentFields, beyond: componentFields)
      + refused(invocation.actionFields, beyond: actionFields)
    return unknown + component.refusals(of: invocation)
  }

  private func refused(_ fields: [PlanField], beyond known: Set<String>) -> [Refusal] {
    fields.filter { !known.contains($0.name.value) && Self.knownButNotRun.contains($0.name.value) }
      .map { Refusal("'\($0.name.value)' is not carried out by this version", at: $0.name.range) }
  }

  /// Fields that have an effect in the reference. Keys that mean nothing are the checker's finding and change nothing.
  private static let knownButNotRun: Set<String> = ["completion", "rate_limit"]

  private static func message(for invocation: Invocation) -> String {
    let name = invocation.component == "__component__" ? "the component" : "component '\(invocation.component)'"
    return "\(name) has the type '\(invocation.type)', which is checked and planned, but not run; this version runs "
      + types.joined(separator: ", ")
  }
}
