import ComposeBasic
import ComposeSema
package import ComposeSyntax

/// The hashes of a configuration and of its parts. `docs/ir.md` says what they cover.
///
/// They are made from the plan before any pass, so that a better pass changes none of them.
package struct PlanIdentity: Hashable, Sendable {
  /// Of the canonical form; hashes of different versions never agree.
  package static let version = SemanticHash.version

  /// What identifies a job.
  package struct Job: Hashable, Sendable {
    package let name: String
    /// Changes with everything that decides what the job does and gives, and where it leads.
    package let hash: SemanticHash
    private let form: CanonicalForm

    /// - Parameter form: what the job does, wherever it stands.
    init(name: String, hash: SemanticHash, form: CanonicalForm) {
      self.name = name
      self.hash = hash
      self.form = form
    }

    /// What the job itself says, without the jobs that it refers to. Made each time: only comparisons need it.
    package var ownHash: SemanticHash { form.hash { _ in nil } }

    /// The hash takes in all that the form says.
    package static func == (left: Job, right: Job) -> Bool { left.name == right.name && left.hash == right.hash }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(hash)
    }
  }

  /// What identifies a workflow.
  package struct Workflow: Hashable, Sendable {
    package let id: String
    package let hash: SemanticHash
    /// In the order of the file.
    package let jobs: [Job]
    private let indices: [String: Int]

    init(id: String, hash: SemanticHash, jobs: [Job]) {
      self.id = id
      self.hash = hash
      self.jobs = jobs
      indices = Dictionary(jobs.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The first job of that name.
    package subscript(job: String) -> Job? { indices[job].map { jobs[$0] } }
  }

  /// In the order of the file.
  package let workflows: [Workflow]
  /// Everything that a run depends on: the workflows under their ids, and which of them is the default.
  package let configuration: SemanticHash
  /// How the service is reached, by its values.
  package let serving: SemanticHash

  /// - Parameters:
  ///   - plan: as it was lowered.
  ///   - environment: where the files name variables.
  package init(of plan: Plan, environment: [EnvironmentReference]) {
    let graph = FormGraph(plan, EnvironmentPlaces(environment))
    let hashes = graph.hashes()
    workflows = plan.workflows.enumerated().map { index, workflow in
      Workflow(
        id: workflow.id, hash: hashes[graph.vertex(ofWorkflow: index)],
        jobs: workflow.nodes.map { graph.identity(of: $0, inWorkflow: index, hashes) })
    }
    serving = CanonicalForm.form(of: plan.serving, plan.listeners).hash { _ in nil }
    let ids = Dictionary(zip(plan.workflows.map(\.id), plan.workflows.indices), uniquingKeysWith: { first, _ in first })
    configuration = CanonicalForm.form(of: plan).hash { reference in
      guard case .workflow(let id) = reference, let index = ids[id] else { return nil }
      return hashes[graph.vertex(ofWorkflow: index)]
    }
  }

  package subscript(workflow: String) -> Workflow? { workflows.first { $0.id == workflow } }

  /// The job's hash, by names: passes may number nodes anew.
  package func hash(ofJob job: String, in workflow: String) -> SemanticHash? {
    self[workflow]?[job]?.hash
  }
}

extension Compilation {
  /// The hashes of what was compiled; `nil` when there are errors.
  package var identity: PlanIdentity? {
    lowered.map { PlanIdentity(of: $0, environment: program.file.environment) }
  }
}

extension CanonicalForm {
  fileprivate static func form(of serving: ServingPlan, _ listeners: [ListenerPlan]) -> CanonicalForm {
    func form(_ address: ServingPlan.Address) -> CanonicalForm {
      .record("address", ["host": .text(address.host), "port": .integer(address.port)])
    }
    func form(_ api: ServingPlan.API) -> CanonicalForm {
      .record(
        "adapter",
        [
          "address": form(api.address), "base_path": .text(api.basePath),
          "origins": .set(api.origins.map(CanonicalForm.text)), "websocket": api.webSocket.map(form),
          "static": api.staticMounts.isEmpty ? nil : .list(api.staticMounts.map(form)),
        ])
    }
    func form(_ mount: StaticMount) -> CanonicalForm {
      .record(
        "static",
        [
          "path": .text(mount.path), "folder": .text(mount.folder), "index": mount.index.file.map(CanonicalForm.text),
        ])
    }
    func form(_ webSocket: ServingPlan.WebSocket) -> CanonicalForm {
      .record(
        "websocket",
        [
          "path": .text(webSocket.path), "limit": webSocket.connectionLimit.map(CanonicalForm.integer),
          "ping_interval": .constant(.number(webSocket.pingInterval)),
          "ping_timeout": .constant(.number(webSocket.pingTimeout)),
        ])
    }
    return .record(
      "serving",
      [
        "api": serving.api.map(form), "base_path": .text(serving.basePath),
        "origins": .set(serving.origins.map(CanonicalForm.text)), "web_ui": serving.webUI.map(form),
        "web_pages": serving.webPages.map(form),
        "adapters": serving.needsAdapters ? .list(serving.apis.map(form)) : nil,
        "run_limit": serving.runLimit > 0 ? .integer(serving.runLimit) : nil,
        "shutdown_pending": serving.shutdownPending > 0 ? .constant(.number(serving.shutdownPending)) : nil,
        "shutdown_timeout": serving.shutdownTimeout == ServingPlan.standardShutdownTimeout
          ? nil : .constant(.number(serving.shutdownTimeout)),
        "refused": .set(serving.refused.map { .text($0.value) }),
        "callbacks": listeners.isEmpty ? nil : .set(listeners.map { callbacks(of: $0, form($0.address)) }),
      ])
  }

  private static func callbacks(of listener: ListenerPlan, _ address: CanonicalForm) -> CanonicalForm {
    let paths = listener.callbacks.map { CanonicalForm.text("\($0.method) \($0.path)") }
    return .record("callbacks", ["address": address, "paths": .set(paths)])
  }

  fileprivate static func form(of plan: Plan) -> CanonicalForm {
    var workflows: [String: CanonicalForm] = [:]
    for workflow in plan.workflows {
      workflows[workflow.id] = .record(
        "entry", ["workflow": .workflow(workflow.id), "private": .boolean(workflow.isPrivate)])
    }
    return .record(
      "configuration",
      ["workflows": .map(workflows), "default": (plan.defaultWorkflow?.id).map(CanonicalForm.text)])
  }
}
