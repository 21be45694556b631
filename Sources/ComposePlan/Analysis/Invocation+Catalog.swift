import ComposeBasic
import ComposeSema

/// What the catalogue says about the fields of an action, where they stand.
extension Invocation {
  /// The type, and the component's name unless it has none.
  var displayName: String {
    // The reference's name for a component without one means nothing to people.
    component == "__component__" ? type : "\(type) '\(component)'"
  }

  /// The value of a field of a described mapping: what is written, else the default.
  func value(of name: String, at place: PlacedShape) -> PlanTemplate? {
    if let written = written(name, at: place) { return written }
    return place.shape.field(name)?.fallback.map { PlanTemplate(.constant(.text($0)), at: range) }
  }

  /// The value of a field as it is written; `nil` for none, and for null.
  func written(_ name: String, at place: PlacedShape) -> PlanTemplate? {
    let keys = place.path + [name]
    let first = place.owner == .component ? componentField(keys[0]) : actionField(keys[0])
    guard var found = first else { return nil }
    for key in keys.dropFirst() {
      guard let member = found[key] else { return nil }
      found = member
    }
    if case .constant(.null) = found.content { return nil }
    return found
  }

  /// Every fact about fields of the invocation, with the mapping that it is about.
  var facts: [(place: PlacedShape, fact: ShapeFact)] {
    shapes.flatMap { place in place.shape.facts.map { (place, $0) } }
  }

  /// The shape of the component itself.
  var componentShape: PlacedShape? { shapes.first { $0.owner == .component && $0.path.isEmpty } }

  /// Whether running the action sends a request, its own or one that asks whether the work is done.
  var sendsRequest: Bool {
    facts.contains { _, fact in
      if case .request = fact { true } else { false }
    }
  }

  /// Whether running the action leaves the machine or the process: it is counted as a call.
  var callsServer: Bool {
    facts.contains { place, fact in
      switch fact {
      case .request: true
      case .schemes: place.owner == .component || written(fact.field ?? "", at: place) != nil
      case .connects: connects(fact, at: place)
      default: false
      }
    }
  }

  /// Whether the fact says that a server is connected to, and its condition holds.
  func connects(_ fact: ShapeFact, at place: PlacedShape) -> Bool {
    guard case .connects(_, _, let condition) = fact else { return false }
    guard let condition, case .constant(.text(let text))? = value(of: condition.field, at: place)?.content else {
      return condition == nil
    }
    return text == condition.value
  }
}
