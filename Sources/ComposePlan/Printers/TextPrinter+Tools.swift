import ComposeBasic

/// What a model may ask its component to run.
extension TextPrinter {
  /// `tool look  workflow look (word: string, page?: integer)`.
  func append(_ tools: [PlanTool], to rows: inout [PlanLines.Row]) {
    for tool in tools {
      let runs = tool.workflow.map { "workflow \($0)" } ?? "the caller"
      append(
        context.redactor.redact("\(runs) \(tool.signature)"), named: "tool \(tool.name)", at: tool.range, to: &rows)
    }
  }
}

extension PlanTool {
  /// The parameters and their types; a question mark behind those that need not be given.
  fileprivate var signature: String {
    guard let schema = definition["parameters"], case .object(let properties)? = schema["properties"]?.content else {
      return "()"
    }
    var required: Set<String> = []
    if case .list(let names)? = schema["required"]?.content {
      for case .constant(.text(let name)) in names.map(\.content) { required.insert(name) }
    }
    let parameters = properties.map { property in
      let mark = required.contains(property.key) ? "" : "?"
      guard case .constant(.text(let type))? = property.value["type"]?.content else { return property.key + mark }
      return "\(property.key)\(mark): \(type)"
    }
    return "(\(parameters.joined(separator: ", ")))"
  }
}
