import ComposeBasic
import ComposeSyntax

/// The shape of a mapping of a component or an action, and where in it the mapping stands.
package struct PlacedShape: Sendable {
  /// Whose field the mapping is.
  package enum Owner: String, Hashable, Sendable {
    case component
    case action
  }

  package let owner: Owner
  /// The names of the fields that lead to it; empty for the component or action itself.
  package let path: [String]
  package let shape: ObjectShape
}

extension ActionTarget {
  /// The shapes of component and action, and of the described mappings in them. Lists are not entered.
  ///
  /// Mappings with the limits of a request are there although they are not written: their defaults count.
  package func placedShapes(in catalog: Catalog) -> [PlacedShape] {
    guard let shape else { return [] }
    return catalog.placed(.component, shape.component, at: [], component.node)
      + catalog.placed(.action, shape.action, at: [], action.node)
  }
}

extension Catalog {
  fileprivate func placed(
    _ owner: PlacedShape.Owner, _ shape: ObjectShape, at path: [String], _ node: YAMLNode?
  ) -> [PlacedShape] {
    var found = [PlacedShape(owner: owner, path: path, shape: shape)]
    // What is declared below a component is not its own mapping.
    for field in shape.fields where shape.shorthands[field.name] == nil {
      let value = node?.entry(field.name)?.value
      guard value?.mapping != nil || value == nil && shape.limitsField == field.name else { continue }
      let candidates = objects(in: field.type, usedBy: shape)
      guard let best = candidates.min(by: { misfit(value, in: $0) < misfit(value, in: $1) }) else { continue }
      found += placed(owner, resolve(best, for: value).shape, at: path + [field.name], value)
    }
    return found
  }
}

extension ObjectShape {
  /// The field with the limits of a request.
  fileprivate var limitsField: String? {
    for case .request(let fields) in facts { return fields[.limits] }
    return nil
  }
}
