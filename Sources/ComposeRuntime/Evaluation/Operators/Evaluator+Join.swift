import ComposePlan

extension Evaluator {
  /// `"+"`: parts put together by the kind of the first one; with a stream among them, a stream of all their pieces.
  func evaluateJoin(_ template: PlanTemplate) async throws(RuntimeError) -> Value {
    do throws(RuntimeError) {
      switch try await evaluate(template) {
      case .null: return .null
      case .stream(let stream): return .stream(try JoinedStream(partsOf: stream).stream)
      case .resource(let resource): return .stream(try JoinedStream([.resource(resource)]).stream)
      case .list(let list): return try joined(list.filter { !$0.isNull })
      case let value: throw .wrongKind("'+' needs a list of parts, and this is \(value.kindName)")
      }
    } catch {
      throw error.located(range: template.range)
    }
  }
}

/// Parts without nulls, put together.
private func joined(_ parts: [Value]) throws(RuntimeError) -> Value {
  guard let first = parts.first else { return .null }
  if parts.contains(where: \.isStreamed) { return .stream(try JoinedStream(parts).stream) }
  switch first {
  case .text: return .text(try joinedText(parts))
  case .list:
    var list: [Value] = []
    for part in parts {
      guard let elements = part.iterated else { throw .cannotJoin(part, to: first) }
      list += elements
    }
    return .list(list)
  case .object:
    var object = OrderedObject()
    for part in parts { try object.update(from: part) }
    return .object(object)
  default: throw .wrongKind("'+' joins texts, lists and objects, and this is \(first.kindName)")
  }
}

private func joinedText(_ parts: [Value]) throws(RuntimeError) -> String {
  var text = ""
  for part in parts {
    guard case .text(let piece) = part else { throw .cannotJoin(part, to: .text("")) }
    text += piece
  }
  return text
}

extension OrderedObject {
  /// Takes over the members of an object, or pairs of a list: Python's `dict.update`.
  fileprivate mutating func update(from part: Value) throws(RuntimeError) {
    if case .object(let members) = part {
      for (key, value) in members { self[key] = value }
      return
    }
    guard let pairs = part.iterated else { throw .cannotJoin(part, to: .object(OrderedObject())) }
    for pair in pairs {
      guard let elements = pair.iterated else { throw .cannotJoin(pair, to: .object(OrderedObject())) }
      guard elements.count == 2 else {
        throw RuntimeError(.value, "'+' needs pairs of a key and a value here, and one has \(elements.count) elements")
      }
      guard case .text(let key) = elements[0] else {
        throw .wrongKind("'+' needs text as a key here, and this is \(elements[0].kindName)")
      }
      self[key] = elements[1]
    }
  }
}

extension Value {
  fileprivate var isStreamed: Bool {
    switch self {
    case .stream, .resource: true
    default: false
    }
  }
}

extension RuntimeError {
  fileprivate static func cannotJoin(_ part: Value, to first: Value) -> RuntimeError {
    .wrongKind("'+' cannot join \(part.kindName) to \(first.kindName)")
  }
}
