/// One field of an object's shape.
package struct FieldShape: Hashable, Sendable {
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
package struct ObjectShape: Hashable, Sendable {
  /// The name in its file: `component`, `action:get`.
  package let name: String
  /// The name of the file without its ending: `http-client`. Names in types are looked up from there.
  package internal(set) var file = ""
  package internal(set) var fields: [FieldShape] { didSet { index = Self.index(of: fields) } }
  /// One sentence, from the line of the object's name.
  package internal(set) var summary: String?
  /// Whether keys that are not described are allowed.
  package internal(set) var isOpen: Bool
  package internal(set) var rules: [ShapeRule] = []
  /// The names of shapes whose fields this one has too.
  package internal(set) var includes: [String] = []
  /// How a field of the mapping chooses among several shapes; `nil` for a shape that says all.
  package internal(set) var variants: ShapeVariants?
  /// The tags that lead to this variant, outermost first: `driver` is `local`.
  package internal(set) var tags: [ShapeTag] = []
  /// Other spellings of a field's name.
  package internal(set) var aliases: [String: String] = [:]
  /// `action`: `actions` — a key that holds one entry of the other's list.
  package internal(set) var shorthands: [String: String] = [:]
  /// Fields whose own members may stand in this mapping instead.
  package internal(set) var inlined: [InlinedField] = []
  /// Fields of an action that need a field of its component: `path` needs `base_url`.
  package internal(set) var needsOfComponent: [String: String] = [:]
  /// For a job kind: whether it calls a component's action.
  package internal(set) var callsComponent = false
  /// What is special about such mappings; one's own before what is inherited.
  package internal(set) var facts: [ShapeFact] = []
  /// Tags whose default does not apply to the variants of this shape.
  package internal(set) var tagsToWrite: Set<String> = []

  private var index: [String: Int]

  package init(name: String, fields: [FieldShape] = [], isOpen: Bool = false) {
    self.name = name
    self.fields = fields
    self.isOpen = isOpen
    self.index = Self.index(of: fields)
  }

  /// The field of that name, or of which that is another spelling.
  package func field(_ name: String) -> FieldShape? {
    if let position = index[name] { return fields[position] }
    guard let real = aliases[name], let position = index[real] else { return nil }
    return fields[position]
  }

  private static func index(of fields: [FieldShape]) -> [String: Int] {
    Dictionary(fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { _, later in later })
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
