package import ComposePlan
import ComposeSema

/// Checks what a caller gives against the inputs that the workflow reads.
///
/// - Returns: the input as the run sees it; nothing given is an empty object.
/// - Throws: `invalid-input` naming every required input that is missing, or the first one of the wrong kind.
package func checkedInput(_ input: Value, for workflow: WorkflowPlan) throws(RuntimeError) -> Value {
  let needsNothingByName = workflow.inputs.allSatisfy { $0.name == nil }
  let object: Value
  switch input {
  case .null: object = .object(OrderedObject())
  case .object: object = input
  default:
    if needsNothingByName { return input }
    throw RuntimeError(.invalidInput, "the input must be an object with the workflow's inputs, not \(input.kindName)")
  }
  var missing: [String] = []
  for variable in workflow.inputs {
    guard let name = variable.name else { continue }
    let value = object.input(named: name)
    if value.isNull {
      if variable.isRequired { missing.append(name) }
    } else {
      try check(value, of: variable, name)
    }
  }
  guard missing.isEmpty else {
    let names = missing.map { "'\($0)'" }.joined(separator: ", ")
    throw RuntimeError(
      .invalidInput,
      missing.count == 1 ? "the input \(names) is required" : "the inputs \(names) are required")
  }
  return object
}

/// Scalars that the file converts must be convertible, so that nothing is sent before the conversion fails.
private func check(_ value: Value, of variable: InputVariable, _ name: String) throws(RuntimeError) {
  guard !variable.isList, let type = CastType(rawValue: variable.type), type == .integer || type == .number else {
    return
  }
  do throws(RuntimeError) {
    _ = try convert(value, to: type)
  } catch {
    throw RuntimeError(.invalidInput, "the input '\(name)' must be \(type == .integer ? "an integer" : "a number")")
  }
}

extension Value {
  /// The value of an input by its name, which may be a path such as `user.name` or `items[0].id`.
  fileprivate func input(named name: String) -> Value {
    var value = self
    for part in name.split(whereSeparator: { $0 == "." || $0 == "[" || $0 == "]" }) {
      if let index = Int(part), case .list = value {
        value = value.element(at: index)
      } else {
        value = value.member(String(part))
      }
    }
    return value
  }
}
