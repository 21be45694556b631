/// One field of an object's shape.
package final class FieldShape: Sendable {
  package let name: String
  package let type: ShapeType
  package let isRequired: Bool
  /// The default as a shape file writes it.
  package let fallback: String?
  /// One sentence for hover texts and documents.
  package let summary: String?

  package init(name: String, type: ShapeType, isRequired: Bool, fallback: String?, summary: String?) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
    self.fallback = fallback
    self.summary = summary
  }
}

/// The fields of one kind of mapping.
///
/// A class because every mapping of a file refers to its shape, and a shape has many parts. It is never changed; another
/// one begins with its ``draft``.
package final class ObjectShape: Sendable {
  let draft: ShapeDraft
  private let index: [String: Int]
  /// The name up to its first colon: `action` of `action:get`.
  let head: String

  init(_ draft: ShapeDraft) {
    self.draft = draft
    head = String(draft.name.prefix { $0 != ":" })
    index = Dictionary(draft.fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { _, later in later })
  }

  /// The name in its file: `component`, `action:get`.
  package var name: String { draft.name }
  /// The name of the file without its ending: `http-client`. Names in types are looked up from there.
  package var file: String { draft.file }
  package var fields: [FieldShape] { draft.fields }
  /// One sentence, from the line of the object's name.
  package var summary: String? { draft.summary }
  /// Whether keys that are not described are allowed.
  package var isOpen: Bool { draft.isOpen }
  package var rules: [ShapeRule] { draft.rules }
  /// The names of shapes whose fields this one has too.
  package var includes: [String] { draft.includes }
  /// How a field of the mapping chooses among several shapes; `nil` for a shape that says all.
  package var variants: ShapeVariants? { draft.variants }
  /// The tags that lead to this variant, outermost first: `driver` is `local`.
  package var tags: [ShapeTag] { draft.tags }
  /// Other spellings of a field's name.
  package var aliases: [String: String] { draft.aliases }
  /// `action`: `actions` — a key that holds one entry of the other's list.
  package var shorthands: [String: String] { draft.shorthands }
  /// Fields whose own members may stand in this mapping instead.
  package var inlined: [InlinedField] { draft.inlined }
  /// Fields of an action that need a field of its component: `path` needs `base_url`.
  package var needsOfComponent: [String: String] { draft.needsOfComponent }
  /// For a job kind: whether it calls a component's action.
  package var callsComponent: Bool { draft.callsComponent }
  /// What is special about such mappings; one's own before what is inherited.
  package var facts: [ShapeFact] { draft.facts }
  /// Tags whose default does not apply to the variants of this shape.
  package var tagsToWrite: Set<String> { draft.tagsToWrite }

  /// The field of that name, or of which that is another spelling.
  package func field(_ name: String) -> FieldShape? {
    if let position = index[name] { return fields[position] }
    guard let real = aliases[name], let position = index[real] else { return nil }
    return fields[position]
  }
}

/// How a mapping chooses its shape: the value of one of its fields names a variant.
package struct ShapeVariants: Hashable, Sendable {
  /// The field that chooses: `driver`.
  package let tag: String
  /// The variant without that field; `nil` when it must be written.
  package let fallback: String?
  /// Keys whose presence chooses a variant when the field is not written, in order of preference.
  package let inferences: [Inference]
  /// The names of the variants, in the order of the file.
  package internal(set) var names: [String]
  /// The object whose name, with `:` and the value, is the variant's; `nil` for the object itself.
  package let base: String?
  /// `model.*`: each variant is an object of the same name in a file of its own.
  package let filePattern: String?
  /// Older names of variants.
  package internal(set) var oldNames: [String: String] = [:]

  /// A key that chooses a variant when the tag is not written.
  package struct Inference: Hashable, Sendable {
    package let key: String
    package let variant: String
  }
}

/// One choice that led to a variant.
package struct ShapeTag: Hashable, Sendable {
  package let field: String
  package let value: String

  package init(field: String, value: String) {
    self.field = field
    self.value = value
  }
}

/// A field whose own members may stand in the mapping that has the field.
package struct InlinedField: Hashable, Sendable {
  package let field: String
  /// The variant that is meant when the tag is not written either.
  package let fallback: String?
  /// In older files only: these keys tell that one is such a file. Empty when any member of the field tells it.
  package let oldFileKeys: [String]
}
