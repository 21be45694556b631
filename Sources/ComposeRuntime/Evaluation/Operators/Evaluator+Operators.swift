import ComposeBasic
import ComposePlan

extension Evaluator {
  /// The value of a structural operator (language specification, section 9).
  func evaluate(_ operation: PlanOperator) async throws(RuntimeError) -> Value {
    switch operation {
    case .spreadList(let items): try await evaluateSpread(items)
    case .merge(let parts): .object(try await evaluateMerge(parts))
    case .map(let map): try await evaluateMap(map)
    case .conditional(let conditional): try await evaluate(conditional)
    case .join(let parts): try await evaluateJoin(parts)
    case .zip(let sources): try await evaluateZip(sources)
    case .split(let split): try await evaluateSplit(split)
    }
  }

  /// The same evaluator for one element of a source.
  func with(item: Value, index: Int) -> Evaluator {
    var inner = self
    inner.scope.element = Scope.Element(item: item, index: index)
    return inner
  }

  // MARK: Spread

  private func evaluateSpread(_ items: [PlanListItem]) async throws(RuntimeError) -> Value {
    var values: [Value] = []
    for item in items {
      switch item {
      case .item(let template): values.append(try await evaluate(template))
      case .spread(let template):
        switch try await evaluate(template) {
        case .null: continue
        case .list(let list): values += list
        case let value:
          throw .wrongKind("'...' in a list needs a list, and this is \(value.kindName)", range: template.range)
        }
      }
    }
    return .list(values)
  }

  /// Members keep the place where their key came first, and the last value of a key wins.
  private func evaluateMerge(_ parts: [PlanMergePart]) async throws(RuntimeError) -> OrderedObject {
    var object = OrderedObject()
    for part in parts {
      let range: SourceRange
      let value: Value
      switch part {
      case .member(let member):
        object[member.key] = try await evaluate(member.value)
        continue
      case .spread(let template): (value, range) = (try await evaluate(template), template.range)
      case .conditional(let conditional, let place): (value, range) = (try await evaluate(conditional), place)
      }
      switch value {
      case .null: continue
      case .object(let members): for (key, member) in members { object[key] = member }
      default:
        throw .wrongKind("an object is built of objects and null, and this is \(value.kindName)", range: range)
      }
    }
    return object
  }
}
