import ComposeBasic
import ComposeSema

/// Where the defaults of a workflow's inputs are written: an input may be used in several places, and have a default in
/// one of them.
struct DefaultPlaces: Sendable {
  private var places: [String: SourceRange] = [:]

  init(_ workflow: WorkflowPlan) {
    for node in workflow.nodes {
      add(node.job.templates)
      // What a component sees as input is that of the workflow only where nothing else is handed to it.
      for job in node.job.family where job.input == nil {
        guard case .invoke(let invocation) = job.operation else { continue }
        add((invocation.componentFields + invocation.actionFields).map(\.value) + [invocation.output].compactMap { $0 })
      }
    }
    add([workflow.output].compactMap { $0 })
  }

  /// `nil` for an input without a default, and for one whose default is not found.
  subscript(input: InputVariable) -> SourceRange? {
    input.fallback.flatMap { places[Self.key(input.name ?? "", $0.text)] }
  }

  private mutating func add(_ templates: [PlanTemplate]) {
    for reference in templates.flatMap(\.references) where reference.root == "input" {
      guard let fallback = reference.fallback, let path = reference.path else { continue }
      let key = Self.key(path, fallback.plainText ?? fallback.display)
      if places[key] == nil { places[key] = fallback.range }
    }
  }

  private static func key(_ path: String, _ text: String) -> String { "\(path)\u{0}\(text)" }
}

extension PlanReference {
  /// The keys behind the root with points between them; `nil` when there are other steps.
  fileprivate var path: String? {
    var names: [String] = []
    for step in steps {
      guard case .key(let name) = step else { return nil }
      names.append(name)
    }
    return names.joined(separator: ".")
  }
}
