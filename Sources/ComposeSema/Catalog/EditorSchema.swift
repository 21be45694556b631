import ComposeBasic

/// The JSON Schema (draft 2020-12) of the compose file, for editors, made from a catalogue.
///
/// It is a little wider than the check: it knows the fields, their types and words, and which must be given, but not
/// what an expression gives and not every rule between fields.
package struct EditorSchema {
  private let catalog: Catalog
  /// The definitions still to write, and the names of all.
  private var pending: [(name: String, shape: ObjectShape)] = []
  private var names: Set<String> = []

  package init(_ catalog: Catalog) { self.catalog = catalog }

  /// The schema as JSON text, the same for the same catalogue.
  package mutating func text() -> String {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
      json.member("title", "model-compose.yml")
      if let root = catalog.shape("compose") { appendObject(root, to: &json) }
      json.object("$defs") { json in
        json.object("expression") { json in
          json.member("type", "string")
          json.member("pattern", #"\$[{<]"#)
        }
        var done = 0
        while done < pending.count {
          let (name, shape) = pending[done]
          done += 1
          json.object(name) { appendObject(shape, to: &$0) }
        }
      }
    }
    return json.text + "\n"
  }

  // MARK: Objects

  /// The name of a shape's definition.
  private mutating func definition(_ shape: ObjectShape) -> String {
    let tags = shape.tags.filter { !shape.name.hasSuffix(":" + $0.value) && !shape.file.hasSuffix($0.value) }
    let name = ([shape.file, shape.name] + tags.map(\.value)).joined(separator: ".")
      .replacing(":", with: ".")
    if names.insert(name).inserted { pending.append((name, shape)) }
    return "#/$defs/" + name
  }

  private mutating func appendObject(_ shape: ObjectShape, to json: inout JSONWriter) {
    json.member("type", "object")
    json.member("description", optional: shape.summary)
    if let variants = shape.variants {
      appendVariants(variants, of: shape, to: &json)
    } else {
      appendFields(of: shape, to: &json)
    }
  }

  private mutating func appendVariants(
    _ variants: ShapeVariants, of shape: ObjectShape, to json: inout JSONWriter
  ) {
    json.object("properties") { json in
      json.object(variants.tag) { json in
        json.member("description", optional: shape.field(variants.tag)?.summary)
        json.array("anyOf") { json in
          json.object { appendWords(variants.names + variants.oldNames.keys.sorted(), to: &$0) }
          json.object { $0.member("$ref", "#/$defs/expression") }
        }
      }
    }
    let mustWrite =
      variants.inferences.isEmpty && (variants.fallback == nil || shape.tagsToWrite.contains(variants.tag))
    if mustWrite { json.array("required") { $0.string(variants.tag) } }
    json.array("allOf") { json in
      for name in variants.names {
        guard let variant = catalog.variant(name, of: shape) else { continue }
        let isDefault = name == variants.fallback && !mustWrite
        json.object { json in
          json.object("if") { json in
            json.object("properties") { $0.object(variants.tag) { $0.member("const", name) } }
            // Without the field, the condition holds for the default only.
            if !isDefault { json.array("required") { $0.string(variants.tag) } }
            if isDefault, !variants.inferences.isEmpty {
              json.object("not") { json in
                json.array("anyOf") { json in
                  for inference in variants.inferences where inference.variant != name {
                    json.object { $0.array("required") { $0.string(inference.key) } }
                  }
                }
              }
            }
          }
          json.object("then") { $0.member("$ref", definition(variant)) }
        }
      }
    }
  }

  private mutating func appendFields(of shape: ObjectShape, to json: inout JSONWriter) {
    let inlined = shape.inlined.flatMap { inlined in
      catalog.objects(
        in: shape.field(inlined.field)?.type.element ?? shape.field(inlined.field)?.type ?? .any, usedBy: shape)
    }
    json.object("properties") { json in
      var written: Set<String> = []
      for (field, owner) in shape.fields.map({ ($0, shape) }) + inlined.flatMap({ one in one.fields.map { ($0, one) } })
      where written.insert(field.name).inserted {
        json.object(field.name) { appendField(field, of: owner, to: &$0) }
      }
      for (alias, name) in shape.aliases.sorted(by: { $0.key < $1.key }) {
        guard let field = shape.field(name) else { continue }
        json.object(alias) { appendField(field, of: shape, to: &$0) }
      }
    }
    let required = shape.fields.filter { field in
      field.isRequired && !shape.aliases.values.contains(field.name)
        && !shape.inlined.contains { $0.field == field.name }
    }
    if !required.isEmpty { json.array("required") { for field in required { $0.string(field.name) } } }
    // Other members are allowed where those of a variant that is chosen elsewhere may stand.
    if !shape.isOpen, inlined.allSatisfy({ $0.variants == nil }) { json.member("additionalProperties", false) }
  }

  // MARK: Types

  private mutating func appendField(_ field: FieldShape, of shape: ObjectShape, to json: inout JSONWriter) {
    json.member("description", optional: field.summary)
    appendType(field.type, usedBy: shape, to: &json)
    if let fallback = field.fallback, case .choice = field.type { json.member("default", fallback) }
  }

  private mutating func appendType(_ type: ShapeType, usedBy shape: ObjectShape, to json: inout JSONWriter) {
    var alternatives = type.alternatives
    if alternatives.contains(.any) || alternatives.contains(.tag) { return }
    // An expression, or a variable of the environment, may stand for every scalar.
    let takesText = alternatives.contains(.text) || alternatives.contains(where: \.isTextual)
    let isScalar = alternatives.contains(where: \.isScalar)
    if alternatives.count == 1, takesText || !isScalar {
      appendAlternative(alternatives[0], usedBy: shape, to: &json)
      return
    }
    if takesText { alternatives.removeAll { $0 == .text } }
    json.array("anyOf") { json in
      for alternative in alternatives { json.object { appendAlternative(alternative, usedBy: shape, to: &$0) } }
      if takesText { json.object { $0.member("type", "string") } }
      if isScalar, !takesText { json.object { $0.member("$ref", "#/$defs/expression") } }
    }
  }

  private mutating func appendAlternative(_ type: ShapeType, usedBy shape: ObjectShape, to json: inout JSONWriter) {
    switch type {
    case .any, .tag: return
    case .null: json.member("type", "null")
    case .boolean: json.member("type", "boolean")
    case .integer, .exactInteger: json.member("type", "integer")
    case .number: json.member("type", "number")
    case .kind(.duration), .kind(.size), .kind(.forward):
      json.array("type") {
        $0.string("number")
        $0.string("string")
      }
    case .text, .kind, .reference: json.member("type", "string")
    case .port:
      json.member("type", "integer")
      json.bounds("minimum", 1)
      json.bounds("maximum", 65535)
    case .choice(let words): appendWords(words, to: &json)
    case .list(let element):
      json.member("type", "array")
      json.object("items") { appendType(element, usedBy: shape, to: &$0) }
    case .unique(let inner):
      appendAlternative(inner, usedBy: shape, to: &json)
      json.member("uniqueItems", true)
    case .tuple(let elements):
      json.member("type", "array")
      json.array("prefixItems") { json in
        for element in elements { json.object { appendType(element, usedBy: shape, to: &$0) } }
      }
      json.bounds("minItems", Double(elements.count))
      json.bounds("maxItems", Double(elements.count))
    case .map(let element):
      json.member("type", "object")
      json.object("additionalProperties") { appendType(element, usedBy: shape, to: &$0) }
    case .openObject: json.member("type", "object")
    case .named(let name):
      if let object = catalog.shape(name, usedBy: shape) { json.member("$ref", definition(object)) }
    case .bounded(let inner, let bounds):
      appendAlternative(inner, usedBy: shape, to: &json)
      let isList = inner.element != nil
      json.bounds(isList ? "minItems" : bounds.excludesLower ? "exclusiveMinimum" : "minimum", bounds.lower)
      json.bounds(isList ? "maxItems" : "maximum", bounds.upper)
    case .union, .rendered: appendType(type, usedBy: shape, to: &json)
    }
  }

  private func appendWords(_ words: [String], to json: inout JSONWriter) {
    json.array("enum") { json in for word in words { json.string(word) } }
  }
}

extension JSONWriter {
  fileprivate mutating func bounds(_ name: String, _ value: Double?) {
    guard let value else { return }
    key(name)
    raw(Int(exactly: value).map { String($0) } ?? "\(value)")
  }
}

extension ShapeType {
  fileprivate var isTextual: Bool {
    switch self {
    case .kind, .reference: true
    default: false
    }
  }

  fileprivate var isScalar: Bool {
    switch self {
    case .boolean, .integer, .exactInteger, .number, .port, .choice: true
    case .bounded(let inner, _): inner.isScalar
    default: isTextual || self == .text
    }
  }
}
