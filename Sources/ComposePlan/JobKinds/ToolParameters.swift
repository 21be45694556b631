import ComposeBasic
import ComposeSema

/// The JSON Schema of a workflow's inputs, for models that call the workflow as a tool.
///
/// Types, descriptions, choices and defaults are those that the reference gives. Beyond it, `required` names the inputs
/// that a run needs, a list of anything says so (OpenAI refuses an array without `items`), a slider has its bounds, and
/// an input inside another one (`user.name`) is a member of an object, where the reference does not start.
struct ToolParameters {
  private let range: SourceRange
  private var root = Parameter()

  init(_ range: SourceRange) { self.range = range }

  /// The names that a call can give, in order.
  var names: [String] { root.members.map(\.name) }

  /// The whole value as an input has the name `input`, as in the reference.
  mutating func add(_ variable: InputVariable) {
    let steps = variable.name?.split { $0 == "." || $0 == "[" || $0 == "]" } ?? ["input"]
    root.add(variable, at: steps[...])
  }

  var schema: PlanTemplate {
    object([
      PlanMember("type", text("object")), PlanMember("properties", properties(of: root)),
      PlanMember("required", required(in: root)),
    ])
  }

  // MARK: Parameters

  private func properties(of parameter: Parameter) -> PlanTemplate {
    object(parameter.members.map { PlanMember($0.name, schema(of: $0.value)) })
  }

  private func required(in parameter: Parameter) -> PlanTemplate {
    template(.list(parameter.members.filter(\.value.isRequired).map { text($0.name) }))
  }

  private func schema(of parameter: Parameter) -> PlanTemplate {
    var members: [PlanMember]
    if let element = parameter.element.first {
      members = [PlanMember("type", text("array")), PlanMember("items", schema(of: element))]
    } else if !parameter.members.isEmpty {
      members = [
        PlanMember("type", text("object")), PlanMember("properties", properties(of: parameter)),
        PlanMember("required", required(in: parameter)),
      ]
    } else {
      members = parameter.variable.map(scalars) ?? []
    }
    guard let variable = parameter.variable else { return object(members) }
    if let description = variable.description, !description.isEmpty {
      members.insert(PlanMember("description", text(description)), at: min(1, members.count))
    }
    if let fallback = variable.fallback, !fallback.isComputed {
      members.append(PlanMember("default", template(fallback.value)))
    }
    return object(members)
  }

  private func scalars(of variable: InputVariable) -> [PlanMember] {
    let type =
      switch variable.type {
      case "integer": "integer"
      case "number", "slider": "number"
      case "boolean": "boolean"
      case "list": "array"
      case "object", "json": "object"
      default: "string"
      }
    var members = [PlanMember("type", text(type))]
    switch variable.type {
    case "list": members.append(PlanMember("items", object([])))
    case "select" where !variable.options.isEmpty:
      members.append(PlanMember("enum", template(.list(variable.options.map(template)))))
    case "slider":
      let bounds = zip(["minimum", "maximum"], variable.options)
      members += bounds.map { PlanMember($0, template($1)) }
    default: break
    }
    guard variable.isList else { return members }
    return [PlanMember("type", text("array")), PlanMember("items", object(members))]
  }

  // MARK: Templates

  private func template(_ content: PlanTemplate.Content) -> PlanTemplate { PlanTemplate(content, at: range) }

  private func text(_ text: String) -> PlanTemplate { template(.constant(.text(text))) }

  private func object(_ members: [PlanMember]) -> PlanTemplate { template(.object(members)) }

  private func template(_ value: SchemaValue) -> PlanTemplate {
    switch value {
    case .text(let text): self.text(text)
    case .integer(let digits): template(.constant(number(digits)))
    case .number(let number): template(.constant(.number(number)))
    case .boolean(let flag): template(.constant(.boolean(flag)))
    case .json(let json): (try? JSONDocument(reading: Array(json.utf8))).map { template($0) } ?? text(json)
    }
  }

  private func template(_ document: JSONDocument) -> PlanTemplate {
    switch document {
    case .null: template(.constant(.null))
    case .boolean(let flag): template(.constant(.boolean(flag)))
    case .number(let digits): template(.constant(number(digits)))
    case .text(let text): self.text(text)
    case .list(let elements): template(.list(elements.map { template($0) }))
    case .object(let members): object(members.map { PlanMember($0.name, template($0.value)) })
    }
  }

  private func number(_ digits: String) -> PlanConstant {
    if let integer = Int(digits) { return .integer(integer) }
    if digits.contains(where: { ".eE".contains($0) }), let number = Double(digits) { return .number(number) }
    return .bigInteger(digits)
  }
}

/// An input, or what several of them have in common.
private struct Parameter {
  var variable: InputVariable?
  var members: [(name: String, value: Parameter)] = []
  /// What the elements of a list are; at most one.
  var element: [Parameter] = []

  var isRequired: Bool {
    variable?.isRequired == true || members.contains { $0.value.isRequired } || element.contains { $0.isRequired }
  }

  mutating func add(_ variable: InputVariable, at steps: ArraySlice<Substring>) {
    guard let step = steps.first else {
      if self.variable == nil { self.variable = variable }
      return
    }
    let rest = steps.dropFirst()
    if Int(step) != nil, !steps.isEmpty {
      if element.isEmpty { element.append(Parameter()) }
      element[0].add(variable, at: rest)
    } else if let index = members.firstIndex(where: { $0.name == step }) {
      members[index].value.add(variable, at: rest)
    } else {
      var member = Parameter()
      member.add(variable, at: rest)
      members.append((String(step), member))
    }
  }
}
