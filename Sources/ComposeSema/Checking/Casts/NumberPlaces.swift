import ComposeBasic
import ComposeSyntax

/// What a component makes of a text that it is given where it takes a number.
enum NumberReading: Sendable {
  case integer
  /// With digits behind the point, or seconds.
  case number
  /// Every text but the empty one is true.
  case boolean

  /// Whether the text gives the value that it seems to be.
  func reads(_ text: String) -> Bool {
    switch self {
    case .integer: NumericText.isInteger(text)
    case .number: NumericText.isNumber(text)
    case .boolean: ["true", "True"].contains(text)
    }
  }
}

/// The places in an action where a component is taken to convert a text to a number itself, so that a default that
/// looks like one becomes one.
///
/// Most components of the reference do so where their fields are numbers. Some pass the text on to a library, of which
/// it is not known what it makes of it; nothing is said there either. The size of a batch is compared as it is, which
/// fails. What a field of another type holds, such as the body of a request, is passed on as it is.
struct NumberPlaces {
  private var places: [(range: SourceRange, reading: NumberReading)] = []

  /// No place.
  init() {}

  /// One place, where a text is the whole value.
  init(_ range: SourceRange, _ reading: NumberReading) { places = [(range, reading)] }

  init(of target: ActionTarget, in catalog: Catalog) {
    guard let shape = target.shape?.action, target.action.fields.entries.contains(where: { $0.value.readsInput })
    else { return }
    var walk = ShapeWalk(catalog: catalog)
    walk.walk(target.action.node, shape) { step in
      guard case .value(let place) = step, place.value.scalar != nil, place.field.name != "batch_size",
        let reading = place.type.numberReading
      else { return }
      places.append((place.value.range, reading))
    }
  }

  /// What the component makes of the text at a place; `nil` where it takes it as it is.
  subscript(range: SourceRange) -> NumberReading? {
    places.first { $0.range.start <= range.start && range.end <= $0.range.end }?.reading
  }
}

extension ShapeType {
  /// What a text becomes in a field of this type; `nil` when it stays text or is refused.
  fileprivate var numberReading: NumberReading? {
    let types = alternatives
    if types.contains(.any) || types.contains(.openObject) { return nil }
    if types.contains(where: { $0.isKind(.boolean) }) { return .boolean }
    if types.contains(where: { $0.isKind(.number) || $0.isKind(.duration) || $0.isKind(.kind(.size)) }) {
      return .number
    }
    return types.contains { $0.isKind(.integer) || $0.isKind(.exactInteger) || $0.isKind(.port) } ? .integer : nil
  }

  private func isKind(_ type: ShapeType) -> Bool {
    if case .bounded(let inner, _) = self { return inner.isKind(type) }
    return self == type
  }
}

extension Template {
  /// Whether an expression in it reads the action's input.
  fileprivate var readsInput: Bool {
    texts.contains { $0.expressions.contains { $0.root.value == "input" } }
  }
}
