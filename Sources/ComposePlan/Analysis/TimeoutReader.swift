import ComposeBasic
import ComposeSema

/// Reads the limits of a request: the action's, else the component's, with the defaults that the catalogue says.
struct TimeoutReader {
  let site: InvocationSite
  let fields: [ShapeFact.RequestRole: String]
  let place: PlacedShape

  var timeouts: RequestTimeouts {
    var timeouts = RequestTimeouts(
      connect: fallback("connect"), firstByte: fallback("first_byte"), idle: fallback("idle"), total: fallback("total"))
    guard let (field, place) = limits,
      let template = site.invocation.written(field, at: place) ?? site.invocation.componentField(field)
    else { return timeouts }
    guard case .object(let members) = template.content else {
      timeouts.total = limit(template)
      return timeouts
    }
    for member in members {
      let limit = limit(member.value)
      switch member.key {
      case "connect": timeouts.connect = limit
      case "first_byte": timeouts.firstByte = limit
      case "idle": timeouts.idle = limit
      case "total": timeouts.total = limit
      default: continue
      }
    }
    return timeouts
  }

  /// Where the limits are written; a request that asks again has those of its action.
  private var limits: (field: String, place: PlacedShape)? {
    if let field = fields[.limits] { return (field, place) }
    for (place, fact) in site.invocation.facts {
      if case .request(let fields) = fact, let field = fields[.limits] { return (field, place) }
    }
    return nil
  }

  private func limit(_ template: PlanTemplate) -> RequestTimeouts.Limit {
    let value = site.scope.value(of: template)
    if value.isNull { return .none }
    return value.seconds.map { .seconds($0, isDefault: false) } ?? .atRunTime(template.display)
  }

  /// What the catalogue says of the limits.
  private func fallback(_ name: String) -> RequestTimeouts.Limit {
    for shape in site.invocation.shapes {
      if let seconds = shape.shape.field(name)?.fallback.flatMap(ComposeBasic.seconds(inDuration:)),
        shape.shape.field("first_byte") != nil
      {
        return .seconds(seconds, isDefault: true)
      }
    }
    return .none
  }
}

extension RequestValue {
  /// The seconds that the value stands for as a duration; `nil` when it is none, or not known.
  var seconds: Double? {
    switch self {
    case .known(.integer(let value)): Double(value)
    case .known(.number(let value)): value
    default: knownText.flatMap(ComposeBasic.seconds(inDuration:))
    }
  }
}
