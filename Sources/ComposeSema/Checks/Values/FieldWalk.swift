import ComposeBasic
import ComposeSyntax

/// One entry of a mapping whose keys have fixed meanings, and where it stands.
struct FieldVisit {
  /// The declaration that the entry belongs to.
  enum Owner: Equatable {
    case controller
    case section(SectionDecl.Kind)
    case component
    case action
    case job
  }

  let owner: Owner
  /// The type of the component, or of an action's component, the kind of the job, the type of the section; empty when
  /// it is not known.
  let type: String
  /// The keys between the owner and the entry.
  let path: [String]
  let entry: YAMLEntry
  /// The mapping in which the entry stands.
  let mapping: YAMLNode
  /// The component of an action.
  let component: YAMLNode?

  var name: String { entry.name ?? "" }
  var value: YAMLNode { entry.value }

  /// The value, unless it is a collection, or has parts that are known only later: an expression, or a variable of the
  /// environment that is not set.
  var literal: YAMLScalar? {
    guard let scalar = entry.value.scalar, !scalar.isUnknown, !scalar.text.contains("${"), !scalar.text.contains("$<")
    else { return nil }
    return scalar
  }

  /// Whether the value is written with quotes.
  var isQuoted: Bool {
    let style = entry.value.scalar?.style
    return style == .singleQuoted || style == .doubleQuoted
  }
}

/// Goes through every entry with a fixed meaning; what a file may fill as it likes, such as bodies, is left out.
struct FieldWalk {
  private let file: ComposeFile

  init(_ file: ComposeFile) { self.file = file }

  /// Keys whose mappings, or lists of mappings, have fixed keys too.
  private static let nested: Set<String> = [
    "adapter", "adapters", "queue", "webui", "runtime", "websocket", "connection", "auth", "completion", "rate_limit",
    "retry", "hook", "before", "after", "manage", "on_demand", "callbacks", "static", "triggers", "timeout",
  ]

  func forEach(_ body: (FieldVisit) -> Void) {
    if let controller = file.controller {
      visit(controller.node, .controller, controller.isFlat ? controller.adapters.first?.type?.value ?? "" : "", body)
    }
    for section in file.sections { visit(section.node, .section(section.kind), section.type?.value ?? "", body) }
    for component in file.components { visit(component, body) }
    for job in file.workflows.flatMap(\.jobs) { visit(job, body) }
  }

  private func visit(_ component: ComponentDecl, _ body: (FieldVisit) -> Void) {
    let type = component.type?.value ?? ""
    visit(component.node, .component, type, body)
    for action in component.actions {
      visit(action.node, .action, type, component: component.node, body)
    }
  }

  private func visit(_ job: JobDecl, _ body: (FieldVisit) -> Void) {
    visit(job.node, .job, job.kind.value, body)
    if case .inline(let component) = job.component { visit(component, body) }
    for inner in job.bodies { visit(inner, body) }
  }

  private func visit(
    _ mapping: YAMLNode, _ owner: FieldVisit.Owner, _ type: String, path: [String] = [], component: YAMLNode? = nil,
    _ body: (FieldVisit) -> Void
  ) {
    for entry in mapping.mapping ?? [] {
      guard let name = entry.name else { continue }
      body(
        FieldVisit(owner: owner, type: type, path: path, entry: entry, mapping: mapping, component: component))
      guard Self.nested.contains(name), path.count < 4 else { continue }
      for child in entry.value.sequence ?? [entry.value] where child.mapping != nil {
        visit(child, owner, type, path: path + [name], component: component, body)
      }
    }
  }
}
