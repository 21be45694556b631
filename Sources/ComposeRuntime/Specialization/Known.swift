import ComposeBasic
import ComposePlan

/// What is known of a value before a run.
indirect enum Known: Sendable {
  /// All of it.
  case value(Value)
  /// An object with these members and no others.
  case object([String: Known])
  case unknown

  init(_ value: Value) { self = .value(value) }

  /// What a folded template gives.
  init(_ template: PlanTemplate) {
    if let value = Value(known: template) {
      self = .value(value)
    } else if case .object(let members) = template.content {
      self = .object(Dictionary(members.map { ($0.key, Known($0.value)) }, uniquingKeysWith: { _, later in later }))
    } else {
      self = .unknown
    }
  }

  var isNull: Bool {
    if case .value(.null) = self { true } else { false }
  }

  /// The whole value as a constant; `nil` when not all of it is known.
  func template(at range: SourceRange) -> PlanTemplate? {
    guard case .value(let value) = self else { return nil }
    return PlanTemplate(known: value, at: range)
  }

  func following(_ steps: ArraySlice<PlanReference.Step>) -> Value? {
    switch self {
    case .unknown: return nil
    case .value(let value): return try? value.value(at: steps)
    case .object(let members):
      guard let step = steps.first else { return nil }
      // An object has members and nothing else.
      guard case .key(let name) = step, let member = members[name] else { return .null }
      return member.following(steps.dropFirst())
    }
  }
}

extension PlanTemplate {
  /// A value as a constant; `nil` when it has bytes in it, or something that has to be read.
  init?(known value: Value, at range: SourceRange) {
    let content: Content
    switch value {
    case .null: content = .constant(.null)
    case .boolean(let value): content = .constant(.boolean(value))
    case .integer(let value): content = .constant(.integer(value))
    case .bigInteger(let digits): content = .constant(.bigInteger(digits))
    case .number(let value): content = .constant(.number(value))
    case .text(let text): content = .constant(.text(text))
    case .list(let list):
      let items = list.compactMap { PlanTemplate(known: $0, at: range) }
      guard items.count == list.count else { return nil }
      content = .list(items)
    case .object(let object):
      let members = object.compactMap { member in
        PlanTemplate(known: member.value, at: range).map { PlanMember(member.key, $0) }
      }
      guard members.count == object.count else { return nil }
      content = .object(members)
    case .bytes, .stream, .resource: return nil
    }
    self.init(content, at: range)
    isFromInput = true
  }
}

extension Value {
  /// The value of a constant template; `nil` when it is none.
  init?(known template: PlanTemplate) {
    switch template.content {
    case .constant(let constant): self = Value(constant)
    case .list(let items):
      let values = items.compactMap { Value(known: $0) }
      guard values.count == items.count else { return nil }
      self = .list(values)
    case .object(let members):
      var object = OrderedObject()
      for member in members {
        guard let value = Value(known: member.value) else { return nil }
        object[member.key] = value
      }
      self = .object(object)
    case .text, .reference, .operation: return nil
    }
  }
}
