package import ComposeBasic

/// One declaration beside components and workflows: a listener, gateway, system, tracer or logger.
///
/// What it may hold is described by the catalogue; here its fields only have places.
package struct SectionDecl: Sendable {
  /// The sections by their names in the singular; the plural adds an `s`.
  package enum Kind: String, CaseIterable, Sendable {
    case listener
    case gateway
    case system
    case tracer
    case logger
  }

  package let kind: Kind
  package let id: Located<String>?
  /// The value of `type`, or of `driver` where that tells the declarations apart.
  package let type: Located<String>?
  package let fields: Fields
  package let node: YAMLNode

  package var range: SourceRange { node.range }

  package init(kind: Kind, id: Located<String>?, type: Located<String>?, fields: Fields, node: YAMLNode) {
    self.kind = kind
    self.id = id
    self.type = type
    self.fields = fields
    self.node = node
  }
}
