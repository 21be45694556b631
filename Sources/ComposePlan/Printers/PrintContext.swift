import ComposeBasic
import ComposeSema

/// What the printers share: the plan, and how places, types and hashes are written.
struct PrintContext: Sendable {
  let plan: Plan
  let options: PrintOptions
  let redactor: Redactor

  init(plan: Plan, options: PrintOptions) {
    self.plan = plan
    self.options = options
    self.redactor = Redactor(secrets: plan.secrets)
  }

  /// `path:line:column`; empty when places are not shown.
  func location(_ range: SourceRange) -> String {
    options.locations ? safeText(plan.sources.location(of: range)) : ""
  }

  /// The place between brackets with blanks before it, for the end of a line.
  func place(_ range: SourceRange) -> String {
    options.locations ? "  (\(location(range)))" : ""
  }

  /// The type of a look-up; `nil` when nothing is known of it.
  func type(of reference: PlanReference) -> Type? {
    guard let type = plan.types[reference.range], type != .any else { return nil }
    return type
  }

  /// What identifies the job's meaning; `nil` when no hashes are shown.
  func hash(of node: Node, in workflow: WorkflowPlan) -> SemanticHash? {
    options.identity?.hash(ofJob: node.name, in: workflow.id)
  }

  /// What identifies the workflow's meaning; `nil` when no hashes are shown.
  func hash(of workflow: WorkflowPlan) -> SemanticHash? { options.identity?[workflow.id]?.hash }
}

extension Type {
  /// As messages write it, but with the members of objects by name: the order of keys in the file does not show.
  var canonicalDescription: String { canonical.description }

  private var canonical: Type {
    switch self {
    case .any, .never, .null, .boolean, .integer, .number, .text, .choice, .bytes, .media, .encoded: self
    case .list(let element): .list(element.canonical)
    case .stream(let element, let fragmented): .stream(element.canonical, fragmented: fragmented)
    case .union(let members): .union(members.map(\.canonical))
    case .object(let object):
      .object(
        ObjectType(
          object.members.map { ObjectType.Member($0.name, $0.type.canonical) }.sorted { $0.name < $1.name },
          rest: object.rest?.canonical, reportsMisspellings: object.reportsMisspellings))
    }
  }
}

extension [PlanMember] {
  /// The members by name, the last of each: printed plans do not show the order of keys in the file.
  var byName: [PlanMember] {
    var last: [String: PlanMember] = [:]
    for member in self { last[member.key] = member }
    return last.values.sorted { $0.key < $1.key }
  }
}
