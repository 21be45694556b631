import Synchronization

/// The shape files, read when they are first needed, and their objects with everything they include and inherit.
final class ShapeLibrary: Sendable {
  /// The names of the shape files, without their ending.
  let fileNames: Set<String>
  private let text: @Sendable (String) -> String?
  private let state = Mutex(State())

  private struct State {
    var files: [String: ShapeFile] = [:]
    /// By file and name; `nil` for a name that means nothing there.
    var objects: [String: [String: ObjectShape?]] = [:]
    var traits: [String: ComponentTraits?] = [:]
    var variants: [VariantKey: Variant] = [:]
    var routingFields: RoutingFields?
  }

  private struct VariantKey: Hashable {
    let shape: ObjectIdentifier
    let value: String
  }

  /// The shape is kept, so that no other one gets its identity.
  private struct Variant {
    let shape: ObjectShape
    let variant: ObjectShape?
  }

  /// The files whose objects are visible everywhere.
  static let commonFiles = ["compose", "components", "jobs"]

  /// - Parameter text: the text of a shape file by its name without the ending.
  init(fileNames: Set<String>, text: @escaping @Sendable (String) -> String?) {
    self.fileNames = fileNames
    self.text = text
  }

  /// A file as it is written.
  func file(_ name: String) -> ShapeFile? {
    guard fileNames.contains(name) else { return nil }
    if let known = state.withLock({ $0.files[name] }) { return known }
    guard let text = text(name) else { return nil }
    let file = ShapeFile(text, name: name)
    state.withLock { $0.files[name] = file }
    return file
  }

  /// The object that a name means in a file, with what it includes and inherits.
  ///
  /// A name is looked for in the file itself, in the files that it uses, in the common ones, and last in the file of
  /// that name: `[runtime:docker]` stands in `runtime.shape`.
  func object(_ name: String, in file: String) -> ObjectShape? {
    if let known = state.withLock({ $0.objects[file]?[name] }) { return known }
    let object = written(name, in: file).map(completed)
    // Another thread may have made it meanwhile: one shape stands for all.
    return state.withLock { state in
      if let known = state.objects[file]?[name] { return known }
      state.objects[file, default: [:]][name] = .some(object)
      return object
    }
  }

  /// The variant of an object for a value of its tag; `nil` when there is none.
  func variant(_ value: String, of shape: ObjectShape) -> ObjectShape? {
    guard let variants = shape.variants else { return nil }
    let value = variants.oldNames[value] ?? value
    let key = VariantKey(shape: ObjectIdentifier(shape), value: value)
    if let known = state.withLock({ $0.variants[key] }) { return known.variant }
    let made = Variant(shape: shape, variant: makeVariant(value, of: shape, variants))
    // Another thread may have made it meanwhile: one shape stands for all.
    return state.withLock { state in
      if let known = state.variants[key] { return known.variant }
      state.variants[key] = made
      return made.variant
    }
  }

  private func makeVariant(_ value: String, of shape: ObjectShape, _ variants: ShapeVariants) -> ObjectShape? {
    guard variants.names.contains(value) else { return nil }
    let found: ObjectShape? =
      if let pattern = variants.filePattern {
        object(variants.base ?? shape.name, in: String(pattern.dropLast()) + value)
      } else {
        object("\(variants.base ?? shape.name):\(value)", in: shape.file)
      }
    guard let found else { return nil }
    var variant = found.draft
    variant.tagsToWrite.formUnion(shape.tagsToWrite)
    if variants.filePattern != nil || variants.base != nil { variant.rules += shape.rules }
    // The tags of shapes that are described elsewhere, with their fields.
    let tags = variant.tags
    variant.tags = shape.tags.filter { tag in !tags.contains { $0.field == tag.field } } + tags
    if !variant.tags.contains(where: { $0.field == variants.tag }) {
      variant.tags.append(ShapeTag(field: variants.tag, value: value))
    }
    for tag in shape.tags where found.field(tag.field) == nil {
      if let field = shape.field(tag.field) { variant.fields.insert(field, at: 0) }
    }
    // The chooser itself is a field of each variant.
    let tagField = shape.field(variants.tag) ?? Self.tagField(variants)
    if let position = variant.fields.firstIndex(where: { $0.name == tagField.name }) {
      let own = variant.fields[position]
      variant.fields[position] = FieldShape(
        name: own.name, type: tagField.type, isRequired: tagField.isRequired, fallback: tagField.fallback,
        summary: own.summary ?? tagField.summary)
    } else {
      variant.fields.insert(tagField, at: 0)
    }
    return ObjectShape(variant)
  }

  /// What is known about a component type, made once.
  func traits(of type: String, _ make: () -> ComponentTraits?) -> ComponentTraits? {
    if let known = state.withLock({ $0.traits[type] }) { return known }
    let traits = make()
    state.withLock { $0.traits[type] = .some(traits) }
    return traits
  }

  /// Where jobs name the job that runs next, made once.
  func routingFields(_ make: () -> RoutingFields) -> RoutingFields {
    if let known = state.withLock({ $0.routingFields }) { return known }
    let fields = make()
    state.withLock { $0.routingFields = fields }
    return fields
  }

  // MARK: Objects as they are written

  private func written(_ name: String, in fileName: String) -> ObjectShape? {
    guard let file = file(fileName) else { return nil }
    if let own = file.objects[name] { return own }
    for used in (file.directives["use"] ?? []) + Self.commonFiles where used != fileName {
      if let object = self.file(used)?.objects[name] { return object }
    }
    let head = String(name.prefix { $0 != ":" })
    return head == fileName ? nil : self.file(head)?.objects[name]
  }

  private func completed(_ object: ObjectShape) -> ObjectShape {
    var result = object.draft
    for name in object.includes {
      guard let included = self.object(name, in: object.file) else { continue }
      result.inherit(included)
    }
    if let parent = parent(of: object) { result.inherit(parent.shape, as: parent.tag) }
    if let variants = object.variants {
      result.variants = completed(variants, of: object)
      result.resolveTagField()
    }
    for (singular, plural) in result.shorthands.sorted(by: { $0.key < $1.key })
    where !object.fields.contains(where: { $0.name == singular }) {
      // One that is inherited holds what the inherited list holds.
      result.fields.removeAll { $0.name == singular }
      guard let position = result.fields.firstIndex(where: { $0.name == plural }),
        let element = result.fields[position].type.element
      else { continue }
      let summary = "Short for '\(plural)' with one entry."
      result.fields.insert(
        FieldShape(name: singular, type: element, isRequired: false, fallback: nil, summary: summary), at: position)
    }
    return ObjectShape(result)
  }

  /// The shape of which this one is a variant, if that stands in the same file.
  private func parent(of object: ObjectShape) -> (shape: ObjectShape, tag: ShapeTag)? {
    guard let colon = object.name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    let parentName = String(object.name[..<colon])
    let value = String(object.name[object.name.utf8.index(after: colon)...])
    guard let variants = file(object.file)?.objects[parentName]?.variants, variants.base == nil,
      variants.filePattern == nil, let parent = self.object(parentName, in: object.file)
    else { return nil }
    return (parent, ShapeTag(field: variants.tag, value: value))
  }

  private func completed(_ variants: ShapeVariants, of object: ObjectShape) -> ShapeVariants {
    var result = variants
    guard variants.names.isEmpty else { return result }
    if let pattern = variants.filePattern {
      let start = pattern.dropLast()
      result.names =
        start.isEmpty
        ? file("components")?.directives["component-types"] ?? []
        : fileNames.filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }.sorted()
    } else {
      let start = (variants.base ?? object.name) + ":"
      let owner = variants.base.flatMap { written($0, in: object.file)?.file } ?? object.file
      result.names = (file(owner)?.names ?? [])
        .filter { $0.hasPrefix(start) && !$0.dropFirst(start.count).contains(":") }
        .map { String($0.dropFirst(start.count)) }
    }
    return result
  }

  /// The field that chooses among the variants.
  static func tagField(_ variants: ShapeVariants, summary: String? = nil) -> FieldShape {
    FieldShape(
      name: variants.tag, type: .choice(variants.names),
      isRequired: variants.fallback == nil && variants.inferences.isEmpty, fallback: variants.fallback,
      summary: summary)
  }
}

extension ShapeDraft {
  /// Adds what another shape has; one's own wins.
  fileprivate mutating func inherit(_ other: ObjectShape, as tag: ShapeTag? = nil) {
    let own = Set(fields.map(\.name))
    fields.insert(contentsOf: other.fields.filter { !own.contains($0.name) }, at: 0)
    rules = other.rules + rules
    isOpen = isOpen || other.isOpen
    aliases.merge(other.aliases) { own, _ in own }
    shorthands.merge(other.shorthands) { own, _ in own }
    inlined = other.inlined + inlined
    needsOfComponent.merge(other.needsOfComponent) { own, _ in own }
    facts += other.facts
    if let tag { tags = other.tags + [tag] }
  }

  fileprivate mutating func resolveTagField() {
    guard let variants else { return }
    if let position = fields.firstIndex(where: { $0.name == variants.tag }) {
      fields[position] = ShapeLibrary.tagField(variants, summary: fields[position].summary)
    } else {
      fields.insert(ShapeLibrary.tagField(variants), at: 0)
    }
  }
}

extension ShapeType {
  /// What the entries of a list hold.
  var element: ShapeType? {
    switch self {
    case .list(let element): element
    case .unique(let inner), .bounded(let inner, _), .rendered(let inner): inner.element
    case .union(let members): members.lazy.compactMap(\.element).first
    default: nil
    }
  }
}
