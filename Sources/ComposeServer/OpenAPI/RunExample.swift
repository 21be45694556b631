import ComposeBasic
import ComposePlan
import ComposeSema

/// A request that the service takes, with what has to be given and nothing else.
struct RunExample {
  private let workflow: DescribedWorkflow
  private let tree: InputTree

  /// `nil` when something is needed that cannot be made up.
  init?(_ workflow: DescribedWorkflow) {
    self.workflow = workflow
    let required = workflow.plan.inputs.filter(\.isRequired)
    guard required.allSatisfy({ Self.value(of: $0) != nil }) else { return nil }
    tree = InputTree(required)
    guard !Self.hasList(tree) else { return nil }
  }

  func append(to json: inout JSONWriter) {
    json.object { json in
      if !workflow.isDefault { json.member("workflow_id", workflow.plan.id) }
      guard !tree.children.isEmpty else { return }
      json.key("input")
      Self.append(tree, to: &json)
    }
  }

  private static func append(_ tree: InputTree, to json: inout JSONWriter) {
    if tree.children.isEmpty, let variable = tree.variable, let value = value(of: variable) {
      return json.value(value)
    }
    json.object { json in
      for child in tree.children {
        guard case .key(let name) = child.step else { continue }
        json.key(name)
        append(child.tree, to: &json)
      }
    }
  }

  /// Positions, or a value that is looked into: neither can be told in general.
  private static func hasList(_ tree: InputTree) -> Bool {
    tree.isList || tree.variable != nil && !tree.children.isEmpty || tree.children.contains { hasList($0.tree) }
  }

  private static func value(of input: InputVariable) -> SchemaValue? {
    if InputTree.isElsewhere(input) { return nil }
    if input.isList { return .json("[]") }
    switch (input.type, input.format) {
    case (_, "data-uri"): return .text("data:text/plain;base64,SGVsbG8=")
    case (_, "base64"): return .text("SGVsbG8=")
    case (_, "url"), (_, "path"), ("image", _), ("audio", _), ("video", _), ("model-3d", _), ("file", _): return nil
    case ("integer", _): return .integer("1")
    case ("number", _): return .number(0.5)
    case ("slider", _): return input.options.first ?? .number(0.5)
    case ("select", _): return input.options.first ?? .text("text")
    case ("boolean", _): return .boolean(true)
    case ("list", _): return .json("[]")
    case ("object", _): return .json("{}")
    case ("json", _): return .json("{}")
    default: return .text("Hello")
    }
  }
}
