import ComposeBasic
package import ComposeSyntax

/// What is known about kinds of job.
extension Catalog {
  /// The kind of that name; `nil` when there is none.
  package func jobKind(_ keyword: String) -> (any JobKind.Type)? { jobKinds[keyword] }

  /// The kind of a job; `nil` when it is unknown.
  package func jobKind(of job: JobDecl) -> (any JobKind.Type)? { jobKinds[job.kind.value] }

  /// Whether a field has roots of its own in jobs of some kind.
  func isScoped(_ field: String) -> Bool { jobKinds.values.contains { $0.scopedFields.contains(field) } }

  /// Whether a job decides where the run goes on, and has no value of its own.
  func isRouter(_ job: JobDecl) -> Bool { jobKind(of: job)?.result == .route }

  /// The kind of a job that is written as a value: that of a job inside a job.
  func jobKind(writtenIn job: Template) -> String {
    job["type"]?.constantText ?? shape("job")?.variants?.fallback ?? ""
  }

  /// Whether jobs of that kind call a component's action.
  package func callsComponent(jobKind kind: String) -> Bool {
    callingJobKinds.contains(kind)
  }

  /// The jobs that a routing job or an error handler can send the run to.
  func routingTargets(of job: JobDecl) -> [Located<String>] {
    routes(of: job).filter { !$0.value.contains("${") }
  }

  /// What the file writes in place of such a job.
  func routes(of job: JobDecl) -> [Located<String>] {
    let fields = library.routingFields { RoutingFields(self) }
    var targets: [Located<String>] = []
    func collect(_ node: YAMLNode?) {
      for entry in node?.mapping ?? [] where fields.targets.contains(entry.name ?? "") {
        if let scalar = entry.value.scalar, case .text(let name) = scalar.value {
          targets.append(Located(name, at: entry.value.range))
        }
      }
    }
    collect(job.node)
    for list in fields.lists {
      for item in job.node.entry(list)?.value.sequence ?? [] { collect(item) }
    }
    for object in fields.objects { collect(job.node.entry(object)?.value) }
    return targets
  }
}

/// Where jobs name the job that runs next: in a field that holds one name of a job, in the job itself, or one level
/// below it. Taken from all kinds together, so that a misspelt kind leaves no job unreachable.
struct RoutingFields: Sendable {
  /// The fields with the name.
  private(set) var targets: Set<String> = []
  /// The lists whose entries have such fields, in order.
  private(set) var lists: [String] = []
  /// The objects that have such fields, in order.
  private(set) var objects: [String] = []

  init(_ catalog: Catalog) {
    guard let common = catalog.shape("job") else { return }
    let kinds = (common.variants?.names ?? []).compactMap { catalog.shape("job:" + $0) }
    var lists: Set<String> = []
    var objects: Set<String> = []
    for shape in [common] + kinds {
      targets.formUnion(shape.fieldsNamingJobs)
      for field in shape.fields {
        if insert(catalog.objects(in: field.type, usedBy: shape)) { objects.insert(field.name) }
        if insert(catalog.objects(in: field.type.element ?? .any, usedBy: shape)) { lists.insert(field.name) }
      }
    }
    self.lists = lists.sorted()
    self.objects = objects.sorted()
  }

  /// - Returns: whether one of them names a job.
  private mutating func insert(_ shapes: [ObjectShape]) -> Bool {
    let names = shapes.flatMap(\.fieldsNamingJobs)
    targets.formUnion(names)
    return !names.isEmpty
  }
}

extension ObjectShape {
  /// The fields that hold one name of a job.
  fileprivate var fieldsNamingJobs: [String] {
    fields.filter { field in
      field.type.element == nil && field.type.alternatives.contains(.reference("job"))
    }.map(\.name)
  }
}
