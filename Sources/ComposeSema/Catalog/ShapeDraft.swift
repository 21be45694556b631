/// What an object's shape says, while it is read and completed.
struct ShapeDraft: Sendable {
  /// The name in its file: `component`, `action:get`.
  let name: String
  /// The name of the file without its ending: `http-client`. Names in types are looked up from there.
  var file = ""
  var fields: [FieldShape]
  /// One sentence, from the line of the object's name.
  var summary: String?
  /// Whether keys that are not described are allowed.
  var isOpen: Bool
  var rules: [ShapeRule] = []
  /// The names of shapes whose fields this one has too.
  var includes: [String] = []
  /// How a field of the mapping chooses among several shapes; `nil` for a shape that says all.
  var variants: ShapeVariants?
  /// The tags that lead to this variant, outermost first: `driver` is `local`.
  var tags: [ShapeTag] = []
  /// Other spellings of a field's name.
  var aliases: [String: String] = [:]
  /// `action`: `actions` — a key that holds one entry of the other's list.
  var shorthands: [String: String] = [:]
  /// Fields whose own members may stand in this mapping instead.
  var inlined: [InlinedField] = []
  /// Fields of an action that need a field of its component: `path` needs `base_url`.
  var needsOfComponent: [String: String] = [:]
  /// For a job kind: whether it calls a component's action.
  var callsComponent = false
  /// What is special about such mappings; one's own before what is inherited.
  var facts: [ShapeFact] = []
  /// Tags whose default does not apply to the variants of this shape.
  var tagsToWrite: Set<String> = []

  init(name: String, fields: [FieldShape] = [], isOpen: Bool = false) {
    self.name = name
    self.fields = fields
    self.isOpen = isOpen
  }
}
