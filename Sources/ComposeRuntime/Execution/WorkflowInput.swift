package import ComposePlan
import ComposeSema

/// Checks what a caller gives against the inputs that the workflow reads.
///
/// - Returns: the input as the run sees it; nothing given is an empty object.
/// - Throws: `invalid-input` naming every required input that is missing, or the first one of the wrong kind.
package func checkedInput(_ input: Value, for workflow: WorkflowPlan) throws(RuntimeError) -> Value {
  let needsNothingByName = workflow.inputs.allSatisfy { $0.variable.name == nil }
  var object: Value
  switch input {
  case .null: object = .object(OrderedObject())
  case .object: object = input
  default:
    if needsNothingByName { return input }
    throw RuntimeError(.invalidInput, "the input must be an object with the workflow's inputs, not \(input.kindName)")
  }
  var missing: [String] = []
  for variable in workflow.inputs {
    guard let name = variable.variable.name else { continue }
    let value = object.input(named: name)
    if value.isNull {
      if variable.isRequired { missing.append(name) }
    } else {
      try check(value, of: variable.variable, name)
      if variable.variable.type == "slider", !variable.variable.isList {
        object = object.setting(try sliderValue(value, of: variable.variable, name), at: steps(of: name)[...])
      }
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

/// What the file converts must be convertible, so that nothing is sent before the conversion fails.
private func check(_ value: Value, of variable: WorkflowVariable, _ name: String) throws(RuntimeError) {
  guard !steps(of: name).contains(where: isSeveral) else { return }
  guard variable.isList else {
    if let wanted = wanted(insteadOf: value, variable) {
      throw RuntimeError(.invalidInput, "the input '\(name)' must be \(wanted)")
    }
    return
  }
  switch value {
  case .list(let elements):
    guard let wanted = elements.lazy.compactMap({ wanted(insteadOf: $0, variable) }).first else { return }
    throw RuntimeError(.invalidInput, "every element of the input '\(name)' must be \(wanted)")
  case .stream: return
  default: throw RuntimeError(.invalidInput, "the input '\(name)' must be a list")
  }
}

/// What the conversion of an input needs in place of a value; `nil` when it takes the value, or must read it first.
private func wanted(insteadOf value: Value, _ variable: WorkflowVariable) -> String? {
  guard let type = CastType(rawValue: variable.type) else { return nil }
  switch value {
  case .null: return nil
  case .text where variable.format.flatMap(CastFormat.init(rawValue:)) != nil: return nil
  case .stream where type == .base64, .resource where type == .base64: return nil
  default: break
  }
  let wanted: String
  switch type {
  case .integer: wanted = "an integer"
  case .number: wanted = "a number"
  case .list: wanted = "a list, or the JSON text of one"
  case .object: wanted = "an object, or the JSON text of one"
  case .json: wanted = "JSON"
  case .base64: wanted = "a text or a file"
  case .string, .text, .markdown, .boolean: return nil
  }
  do throws(RuntimeError) {
    _ = try convert(value, to: type)
    return nil
  } catch {
    return wanted
  }
}

/// The number that a slider gives: command lines and forms send texts.
private func sliderValue(_ value: Value, of variable: WorkflowVariable, _ name: String) throws(RuntimeError) -> Value {
  let bounds = variable.options.compactMap(\.numericValue)
  var wanted = "the input '\(name)' must be a number"
  if bounds.count >= 2 { wanted += " from \(floatText(bounds[0])) to \(floatText(bounds[1]))" }
  do throws(RuntimeError) {
    let number = try value.castNumber()
    if bounds.count < 2 || (bounds[0]...max(bounds[0], bounds[1])).contains(number) {
      guard case .text = value else { return value }
      return (try? value.castInteger()) ?? .number(number)
    }
  } catch {
    throw RuntimeError(.invalidInput, wanted)
  }
  throw RuntimeError(.invalidInput, wanted)
}

/// The steps of an input's name, which may be a path such as `user.name` or `items[0].id`.
private func steps(of name: String) -> [Substring] {
  isStep(name) ? [name[...]] : name.split { $0 == "." || $0 == "[" || $0 == "]" }
}

/// Whether a name is one step only, as most are.
private func isStep(_ name: String) -> Bool {
  !name.isEmpty
    && name.utf8.allSatisfy { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }
}

/// Whether a step leads to several values: `[*]` and `[1:3]`.
private func isSeveral(_ step: Substring) -> Bool { step == "*" || step.utf8.contains(UInt8(ascii: ":")) }

extension Value {
  /// The value of an input by its name; where that names several values, the list that they are in.
  fileprivate func input(named name: String) -> Value {
    var value = self
    for part in steps(of: name) {
      if isSeveral(part) { return value }
      if let index = Int(part), case .list = value {
        value = value.element(at: index)
      } else {
        value = value.member(String(part))
      }
    }
    return value
  }

  /// The same with another value at a place that it has.
  fileprivate func setting(_ replacement: Value, at steps: ArraySlice<Substring>) -> Value {
    guard let step = steps.first else { return replacement }
    switch self {
    case .object(var object):
      guard let member = object[String(step)] else { return self }
      object[String(step)] = member.setting(replacement, at: steps.dropFirst())
      return .object(object)
    case .list(var list):
      guard let index = Int(step), list.indices.contains(index) else { return self }
      list[index] = list[index].setting(replacement, at: steps.dropFirst())
      return .list(list)
    default: return self
    }
  }
}
