import ComposeBasic
package import ComposeSyntax

/// How far the tags of a mapping choose its shape.
package struct ShapeResolution: Sendable {
  /// The variant, or the shape with the fields that all variants share.
  package let shape: ObjectShape
  /// Why no variant is chosen; `nil` when one is.
  package let obstacle: Obstacle?

  /// Why the tags of a mapping choose no variant.
  package enum Obstacle: Sendable {
    /// The tag must be written, and is not.
    case missingTag(ShapeVariants)
    /// There is no such variant.
    case unknownValue(YAMLEntry, ShapeVariants)
    /// The tag's value is not known before the program runs, or is no text at all.
    case unreadable(YAMLEntry, ShapeVariants)
  }
}

extension Catalog {
  /// The variant of a shape that a mapping means; without a mapping, the one by default.
  ///
  /// - Parameter tags: tags that must be written although they have a default.
  package func resolve(_ shape: ObjectShape, for node: YAMLNode?) -> ShapeResolution {
    var shape = shape
    while let variants = shape.variants {
      let entry = node?.entry(variants.tag)
      let value: String
      if let entry, !entry.value.isNull {
        guard let scalar = entry.value.scalar, !scalar.isUnknown, !scalar.text.contains("${") else {
          return ShapeResolution(shape: shape, obstacle: .unreadable(entry, variants))
        }
        value = scalar.text
      } else if let inferred = variants.inferences.first(where: { node?.entry($0.key) != nil }) {
        value = inferred.variant
      } else if let fallback = variants.fallback, node == nil || !shape.tagsToWrite.contains(variants.tag) {
        value = fallback
      } else {
        return ShapeResolution(shape: shape, obstacle: .missingTag(variants))
      }
      guard let variant = library.variant(value, of: shape) else {
        guard let entry else { return ShapeResolution(shape: shape, obstacle: .missingTag(variants)) }
        return ShapeResolution(shape: shape, obstacle: .unknownValue(entry, variants))
      }
      shape = variant
    }
    return ShapeResolution(shape: shape, obstacle: nil)
  }

  /// The variant of that name.
  package func variant(_ name: String, of shape: ObjectShape) -> ObjectShape? { library.variant(name, of: shape) }

  /// How badly a mapping fits a shape; 0 when nothing of it is unknown, missing or of another kind.
  func misfit(_ node: YAMLNode?, in shape: ObjectShape) -> Int {
    guard let node, let entries = node.mapping else { return 0 }
    let resolution = resolve(shape, for: node)
    var count = resolution.obstacle == nil ? 0 : 100
    let shape = resolution.shape
    var given: Set<String> = []
    for entry in entries {
      guard let name = entry.name else { continue }
      guard let field = shape.field(name) else {
        if !shape.isOpen { count += 2 }
        continue
      }
      given.insert(field.name)
      let isText = entry.value.scalar?.text.contains("${") ?? false
      if !isText, field.type.problem(with: entry.value) != nil { count += 2 }
    }
    for field in shape.fields where field.isRequired && !given.contains(field.name) { count += 3 }
    return count
  }
}
