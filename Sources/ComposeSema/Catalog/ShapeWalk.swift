import ComposeBasic
package import ComposeSyntax

/// A mapping of a file, with the shape that it has to have.
package final class ShapePlace: Sendable {
  package let node: YAMLNode
  /// The variant that the mapping's tags choose.
  package let shape: ObjectShape
  /// Shapes whose fields may stand in the mapping as well: those of an inlined field.
  package let inlined: [ObjectShape]
  /// The fields of the shape whose members are written in the mapping itself.
  package let inlinedFields: [String]
  /// The key under which the mapping stands, alone or in a list.
  package let key: YAMLEntry?

  init(node: YAMLNode, shape: ObjectShape, inlined: [ObjectShape], inlinedFields: [String], key: YAMLEntry?) {
    self.node = node
    self.shape = shape
    self.inlined = inlined
    self.inlinedFields = inlinedFields
    self.key = key
  }

  /// The members; none for what is no mapping.
  package var entries: [YAMLEntry] { node.mapping ?? [] }

  /// The field of that name, the mapping's own before inlined ones.
  package func field(_ name: String) -> FieldShape? {
    shape.field(name) ?? inlined.lazy.compactMap { $0.field(name) }.first
  }
}

/// A value of a described field.
package struct FieldPlace: Sendable {
  package let field: FieldShape
  package let entry: YAMLEntry
  /// The entry's value, or an element of the list or map that it is.
  package let value: YAMLNode
  /// What the value may be: the field's type, or that of the elements.
  package let type: ShapeType
  /// The mapping that has the field.
  package let owner: ShapePlace
  /// The mappings around the owner, outermost first.
  package let ancestors: [ShapePlace]
  /// The way from the document's root to the value: keys and indices.
  package let path: [String]

  /// The mapping of the component in which the field stands, be it a declared or an inline one.
  package var component: ShapePlace? { enclosing("component") }

  /// The mapping of the innermost job in which the field stands.
  package var job: ShapePlace? { enclosing("job") }

  private func enclosing(_ head: String) -> ShapePlace? {
    owner.shape.head == head ? owner : ancestors.last { $0.shape.head == head }
  }

  /// The JSON Pointer (RFC 6901) of the value.
  package var pointer: String {
    path.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
  }
}

extension Catalog {
  /// Visits every value of every described field of a file, from its beginning on, those of inline jobs, inline
  /// components and hooks included.
  ///
  /// A field that holds a list is visited as a whole, then its elements, with the elements' type:
  ///
  /// ```swift
  /// catalog.forEachField(in: file) { place in
  ///   guard place.type.contains(.duration), let scalar = place.value.scalar else { return }
  ///   …
  /// }
  /// ```
  ///
  /// Values under an unknown key, an unknown component type or an unknown driver are not visited: nothing is known
  /// about them. Values may hold expressions, or be of a kind that the field cannot hold.
  package func forEachField(in file: ComposeFile, _ body: (FieldPlace) -> Void) {
    guard let root = file.root, let shape = shape("compose") else { return }
    var walk = ShapeWalk(catalog: self)
    walk.walk(root, shape) { step in
      if case .value(let place) = step { body(place) }
    }
  }
}

/// What a walk through a file meets.
enum ShapeStep {
  /// A mapping with its shape, before its members.
  case mapping(ShapePlace, ancestors: [ShapePlace])
  /// A mapping whose tags choose no variant. Its members are not visited.
  case obstacle(ShapeResolution.Obstacle, ShapePlace, ancestors: [ShapePlace])
  /// The value of a known key, or an element of it, before what is inside.
  case value(FieldPlace)
}

/// A walk through the mappings of a file, side by side with their shapes.
struct ShapeWalk {
  let catalog: Catalog
  private var stack: [ShapePlace] = []
  private var path: [String] = []

  init(catalog: Catalog) { self.catalog = catalog }

  /// - Parameter key: the key under which the mapping stands.
  mutating func walk(_ node: YAMLNode, _ shape: ObjectShape, key: YAMLEntry? = nil, _ body: (ShapeStep) -> Void) {
    guard let entries = node.mapping else { return }
    let resolution = catalog.resolve(shape, for: node)
    if let obstacle = resolution.obstacle {
      let place = ShapePlace(node: node, shape: resolution.shape, inlined: [], inlinedFields: [], key: key)
      body(.obstacle(obstacle, place, ancestors: stack))
      return
    }
    let inlined = inlinedShapes(of: resolution.shape, node)
    let place = ShapePlace(
      node: node, shape: resolution.shape, inlined: inlined.map(\.shape), inlinedFields: inlined.map(\.field), key: key)
    body(.mapping(place, ancestors: stack))
    for entry in entries {
      guard let name = entry.name, let field = place.field(name) else { continue }
      let isOwn = resolution.shape.field(name) != nil
      let owner = isOwn ? resolution.shape : (place.inlined.first { $0.field(name) != nil } ?? resolution.shape)
      path.append(name)
      visit(entry.value, field.type, Context(field: field, entry: entry, place: place, owner: owner), body)
      path.removeLast()
    }
  }

  private struct Context {
    let field: FieldShape
    let entry: YAMLEntry
    let place: ShapePlace
    /// The shape in whose file names are looked up.
    let owner: ObjectShape
  }

  private mutating func visit(
    _ node: YAMLNode, _ type: ShapeType, _ context: Context, _ body: (ShapeStep) -> Void
  ) {
    body(
      .value(
        FieldPlace(
          field: context.field, entry: context.entry, value: node, type: type, owner: context.place, ancestors: stack,
          path: path)))
    switch node.content {
    case .scalar: return
    case .sequence(let items):
      guard let list = type.list(fitting: items) else { return }
      for (index, item) in items.enumerated() {
        guard let element = list.elementType(at: index) else { return }
        path.append(String(index))
        visit(item, element, context, body)
        path.removeLast()
      }
    case .mapping(let members):
      if let shape = shape(for: node, type, context) {
        stack.append(context.place)
        walk(node, shape, key: context.entry, body)
        stack.removeLast()
      } else if let element = type.mapElement ?? oldListElement(of: context, type, members) {
        for member in members {
          path.append(member.name ?? "")
          let inner = Context(field: context.field, entry: member, place: context.place, owner: context.owner)
          visit(member.value, element, inner, body)
          path.removeLast()
        }
      }
    }
  }

  /// The shape of a mapping among those that a type names; `nil` when it names none.
  private func shape(for node: YAMLNode, _ type: ShapeType, _ context: Context) -> ObjectShape? {
    let shapes = catalog.objects(in: type, usedBy: context.owner)
    if shapes.count < 2 { return shapes.first }
    let scores = shapes.map { catalog.misfit(node, in: $0) }
    let best = scores.min() ?? 0
    // A mapping without any shape among the alternatives takes what does not fit the described ones.
    if best > 0, type.alternatives.contains(.openObject) { return nil }
    return zip(shapes, scores).first { $0.1 == best }?.0
  }

  /// Older files have mappings by id where lists of declarations stand today.
  private func oldListElement(of context: Context, _ type: ShapeType, _ members: [YAMLEntry]) -> ShapeType? {
    guard type == context.field.type, context.owner.shorthands.values.contains(context.field.name),
      members.allSatisfy({ $0.value.mapping != nil })
    else { return nil }
    return type.element
  }

  // MARK: Inlined fields

  private func inlinedShapes(of shape: ObjectShape, _ node: YAMLNode) -> [(field: String, shape: ObjectShape)] {
    guard !shape.inlined.isEmpty else { return [] }
    return shape.inlined.compactMap { inlined in
      guard let field = shape.field(inlined.field), node.entry(inlined.field) == nil else { return nil }
      let singular = shape.shorthands.first { $0.value == inlined.field }?.key
      if let singular, node.entry(singular) != nil { return nil }
      let type = field.type.element ?? field.type
      let shapes = catalog.objects(in: type, usedBy: shape)
      guard let base = shapes.min(by: { catalog.misfit(node, in: $0) < catalog.misfit(node, in: $1) }) else {
        return nil
      }
      let resolution = catalog.resolve(base, for: node)
      let isMissingTag = if case .missingTag? = resolution.obstacle { true } else { false }
      let fallback = isMissingTag ? inlined.fallback.flatMap { catalog.variant($0, of: base) } : nil
      let element = fallback ?? resolution.shape
      let entries = node.mapping ?? []
      let isInlined = entries.contains { entry in
        guard let name = entry.name else { return false }
        return inlined.oldFileKeys.isEmpty
          ? shape.field(name) == nil && element.field(name) != nil : inlined.oldFileKeys.contains(name)
      }
      return isInlined ? (inlined.field, element) : nil
    }
  }
}

extension ShapeType {
  /// The alternative that a list is meant to be; `nil` when none is a list whose elements are described.
  fileprivate func list(fitting items: [YAMLNode]) -> ShapeType? {
    let lists = renderedAlternatives.filter { $0.elementType(at: 0) != nil }
    if lists.count < 2 { return lists.first }
    return lists.first { list in
      items.enumerated().allSatisfy { index, item in
        list.elementType(at: index).map { $0.problem(with: item) == nil } ?? false
      }
    } ?? lists.first
  }

  fileprivate func elementType(at index: Int) -> ShapeType? {
    switch self {
    case .list(let element): element
    case .unique(let inner), .bounded(let inner, _): inner.elementType(at: index)
    case .rendered(let inner): inner.elementType(at: index).map { .rendered($0) }
    case .tuple(let elements): index < elements.count ? elements[index] : nil
    default: nil
    }
  }

  fileprivate var mapElement: ShapeType? {
    for alternative in renderedAlternatives {
      if case .map(let element) = alternative { return element }
      if case .rendered(.map(let element)) = alternative { return .rendered(element) }
    }
    return nil
  }

  /// The alternatives of a union, each with its own `$` or that of the whole.
  private var renderedAlternatives: [ShapeType] {
    switch self {
    case .union(let members): members.flatMap(\.renderedAlternatives)
    case .rendered(let inner): inner.alternatives.map { .rendered($0) }
    default: [self]
    }
  }
}
