package import ComposeBasic
package import ComposeSema

/// Everything that `run` and `up` need to know, as a value that prints completely.
package struct Plan: Sendable {
  /// The version of the JSON form. A change that readers notice changes it.
  package static let formatVersion = "2.0"

  package var workflows: [WorkflowPlan]
  package let serving: ServingPlan
  /// What receives calls from outside that tell of work which is done.
  package let listeners: [ListenerPlan]
  /// Every variable the file names, once each, by name.
  package let environment: [EnvironmentNeed]
  package let writtenSecrets: WrittenSecrets
  /// The files, for locations in messages and printed plans.
  package let sources: SourceSet
  /// What the checker knows of the look-ups, by their places.
  package let types: [SourceRange: Type]

  package init(
    workflows: [WorkflowPlan], serving: ServingPlan, listeners: [ListenerPlan] = [], environment: [EnvironmentNeed],
    writtenSecrets: WrittenSecrets = WrittenSecrets(in: nil), sources: SourceSet, types: [SourceRange: Type] = [:]
  ) {
    self.types = types
    self.workflows = workflows
    self.serving = serving
    self.listeners = listeners
    self.environment = environment
    self.writtenSecrets = writtenSecrets
    self.sources = sources
  }

  /// The workflow of that id.
  package func workflow(named id: String) -> WorkflowPlan? { workflows.first { $0.id == id } }

  /// The workflow that runs when none is named: the only one, else the first that is marked.
  package var defaultWorkflow: WorkflowPlan? {
    workflows.count == 1 ? workflows[0] : workflows.first(where: \.isDefault)
  }

  /// Texts that must never leave the process.
  package var secrets: [String] {
    (writtenSecrets.texts + environment.filter(\.isSecret).compactMap(\.value)).filter { !$0.isEmpty }
  }
}

/// A variable that the file names.
package struct EnvironmentNeed: Hashable, Sendable {
  package let name: String
  /// `nil` when the variable is unset and has no default.
  package let value: String?
  package let origin: String?
  package let isSecret: Bool
  /// Where it is used first.
  package var range: SourceRange { uses[0] }
  /// Everywhere it is used, in the order of the file; at least one place.
  package let uses: [SourceRange]

  package init(name: String, value: String?, origin: String?, isSecret: Bool, uses: [SourceRange]) {
    self.name = name
    self.value = value
    self.origin = origin
    self.isSecret = isSecret
    self.uses = uses
  }
}

/// How the service is reached.
package struct ServingPlan: Hashable, Sendable {
  /// Where a server listens.
  package struct Address: Hashable, Sendable {
    package let host: String
    package let port: Int

    package init(host: String, port: Int) {
      self.host = host
      self.port = port
    }
  }

  /// The HTTP adapters in the order of the file; empty when none is declared.
  package var apis: [API]
  package var webUI: Address?
  /// The pages that take the place of the program's own at the Web UI; `nil` for those.
  package var webPages: StaticMount?
  /// How many runs there may be at the same time; 0 for any number. The others wait in their order.
  package var runLimit: Int
  /// For how many seconds a service that is to end still takes runs, so that whoever sends them learns of it.
  package var shutdownPending: Double
  /// For how many seconds a service that ends waits for its runs.
  package var shutdownTimeout: Double
  /// Adapters and other parts that this program does not serve, by what a message calls them.
  package var refused: [Located<String>]

  package init(
    apis: [API], webUI: Address?, webPages: StaticMount? = nil, runLimit: Int = 0, shutdownPending: Double = 0,
    shutdownTimeout: Double = standardShutdownTimeout, refused: [Located<String>] = []
  ) {
    self.apis = apis
    self.webUI = webUI
    self.webPages = webPages
    self.runLimit = runLimit
    self.shutdownPending = shutdownPending
    self.shutdownTimeout = shutdownTimeout
    self.refused = refused
  }
}
