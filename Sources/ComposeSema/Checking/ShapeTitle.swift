import ComposeSyntax

/// How messages call a mapping.
struct ShapeTitle {
  private let place: ShapePlace

  init(_ place: ShapePlace) { self.place = place }

  /// `the http-client action`.
  var text: String {
    let shape = place.shape
    let type = shape.file.prefix { $0 != "." }
    switch shape.head {
    case "compose": return "the compose file"
    case "component", "action":
      let isCommon = type == "components" || type.isEmpty
      return isCommon ? "the \(shape.head)" : "the \(type) \(shape.head)"
    case "job", "inline-job":
      guard let kind = shape.tags.first(where: { $0.field == "type" })?.value else { return "the job" }
      return "the \(kind) job"
    case "adapter", "workflow", "listener", "gateway", "system", "tracer", "logger": return "the \(shape.head)"
    default: return place.key?.name.map { "'\($0)'" } ?? "the mapping"
    }
  }

  /// `in the component`, for keys that belong there.
  var position: String {
    switch place.shape.head {
    case "compose": "at the top level"
    case "component": "in the component"
    case "workflow", "controller": "under '\(place.shape.head)'"
    default: "in \(text)"
    }
  }
}
