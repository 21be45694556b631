import ComposePlan
import ComposeSema
import ComposeTestSupport
import Testing

/// The shapes say what is true of the reference: no field, word, required key or variant is missing, and none is
/// invented but those in ``CatalogFacts/ours``.
@Suite struct CatalogFactTests {
  @Test func shapesAreComplete() throws {
    var facts = try CatalogFacts()
    let root = try #require(Catalog.builtIn.shape("compose"))
    facts.compare("", with: root, at: "compose")
    #expect(facts.problems.prefix(50) == [])
    #expect(facts.compared > 1000)
    #expect(facts.unusedExceptions == [])
  }

  /// What no field leads to would never be checked.
  @Test func everyObjectIsReached() throws {
    var facts = try CatalogFacts()
    facts.compare("", with: try #require(Catalog.builtIn.shape("compose")), at: "compose")
    for file in Catalog.builtIn.shapeFiles {
      for name in Catalog.builtIn.shapeFile(file)?.names ?? [] {
        #expect(facts.reached.contains("\(file) \(name)") || CatalogFacts.parts.contains(name), "\(file): [\(name)]")
      }
    }
  }

  @Test func kindsAreRead() {
    let kinds = FactKinds("null =a list(integer(1..) list(text @A)) map(any) @B=x")
    #expect(
      kinds.kinds == [
        .word("null"), .word("=a"), .list([.word("integer(1..)"), .list([.word("text")])]), .word("object"),
      ])
    #expect(kinds.objects.map(\.name) == ["A", "B"])
    #expect(kinds.objects.map(\.tag) == [nil, "x"])
  }
}

/// The facts of `Fixtures/catalog/facts.jsonl`, compared with shapes side by side.
struct CatalogFacts {
  /// Fields that the reference does not have.
  static let ours: Set = [
    "compose [workflow] on_disconnect", "compose [workflow] timeout", "http-client [action] timeout",
    "http-client [component] timeout",
    "http-server [action] timeout", "http-server [component] start_timeout", "http-server [component] timeout",
    "jobs [job] timeout", "shell [action:local] check",
    // Its text form.
    "shell [action:local] command",
  ]
  /// Keys that the reference asks for by a rule or under two names.
  static let asked: Set = ["from", "lora", "reference_image", "schema"]
  /// Kinds that the reference reads, and refuses or ignores afterwards.
  static let refused: Set = ["controller [controller-runtime] virtualenv"]
  /// Values that only the wider of two types names.
  static let wider: Set = ["controller [controller] runtime"]
  /// Objects that are included by others, or hold nothing but what is ours.
  static let parts: Set = ["every-component", "every-action", "model-component", "timeout"]

  private let lines: [String: TestJSON]
  private(set) var problems: [String] = []
  private(set) var compared = 0
  private(set) var reached: Set<String> = []
  private var seen: Set<String> = []
  private var exceptions = ours.union(refused).union(wider)

  var unusedExceptions: Set<String> { exceptions }

  init() throws {
    let text = String(decoding: try Files.read(Files.absolute("Fixtures/catalog/facts.jsonl")), as: UTF8.self)
    let rows = try text.split(separator: "\n").map { try TestJSON(String($0)) }
    lines = Dictionary(uniqueKeysWithValues: rows.map { ($0["object"]?.string ?? "?", $0) })
  }

  private mutating func isException(_ name: String) -> Bool {
    exceptions.remove(name)
    return Self.ours.contains(name) || Self.refused.contains(name) || Self.wider.contains(name)
  }

  /// - Parameter fallback: the variant without a tag, if the place says it and not the object.
  mutating func compare(_ name: String, with shape: ObjectShape, at place: String, fallback: String? = nil) {
    let key = "\(name) \(shape.file) \(shape.name) \(shape.tags.map(\.value))"
    guard seen.insert(key).inserted else { return }
    reached.insert("\(shape.file) \(shape.name)")
    guard let line = lines[name] else {
      problems.append("\(place): no facts of '\(name)'")
      return
    }
    if let variants = line["variants"] {
      compareVariants(line, variants, with: shape, at: place, fallback: fallback)
    } else {
      if shape.variants != nil { problems.append("\(place): has variants") }
      compareFields(line, with: shape, at: place)
    }
  }

  private mutating func compareVariants(
    _ line: TestJSON, _ names: TestJSON, with shape: ObjectShape, at place: String, fallback: String?
  ) {
    guard let variants = shape.variants, variants.tag == line["tag"]?.string, case .object(let members) = names else {
      problems.append("\(place): has no variants by '\(line["tag"]?.string ?? "")'")
      return
    }
    let isFilled = ["job", "inline-job"].contains(shape.name.prefix { $0 != ":" }) || !variants.inferences.isEmpty
    if !isFilled, variants.fallback != fallback ?? line["default"]?.string {
      problems.append("\(place): the default of '\(variants.tag)' is \(variants.fallback ?? "none")")
    }
    for extra in Set(variants.names).subtracting(members.keys) { problems.append("\(place): invents '\(extra)'") }
    for (value, object) in members.sorted(by: { $0.key < $1.key }) {
      guard let variant = Catalog.builtIn.variant(value, of: shape) else {
        if !isException("\(shape.file) [\(shape.name)] \(value)") { problems.append("\(place): lacks '\(value)'") }
        continue
      }
      compare(object.string ?? "", with: variant, at: "\(place)[\(value)]")
    }
  }

  private mutating func compareFields(_ line: TestJSON, with shape: ObjectShape, at place: String) {
    guard case .object(let fields)? = line["fields"] else { return }
    var names: Set<String> = []
    for (written, kinds) in fields.sorted(by: { $0.key < $1.key }) {
      let isRequired = written.hasSuffix("!")
      let name = isRequired ? String(written.dropLast()) : written
      names.insert(name)
      compareField(name, isRequired, FactKinds(kinds.string ?? ""), with: shape, at: "\(place).\(name)")
    }
    for field in shape.fields where !names.contains(field.name) {
      // What every kind has is written once.
      let common = shape.name.prefix { $0 != ":" }
      if !isException("\(shape.file) [\(shape.name)] \(field.name)"),
        !isException("\(shape.file) [\(common)] \(field.name)")
      {
        problems.append("\(place): invents '\(field.name)'")
      }
    }
    if case .object(let aliases)? = line["aliases"] {
      for (alias, name) in aliases where shape.aliases[alias] != name.string {
        problems.append("\(place): '\(alias)' is no other name of '\(name.string ?? "")'")
      }
    }
    if shape.isOpen != (line["open"] != nil) { problems.append("\(place): is open: \(shape.isOpen)") }
  }

  private mutating func compareField(
    _ name: String, _ isRequired: Bool, _ facts: FactKinds, with shape: ObjectShape, at place: String
  ) {
    compared += 1
    if let tag = shape.tags.first(where: { $0.field == name }) {
      if facts.kinds != [.word("=" + tag.value)] { problems.append("\(place): is \(facts.kinds), not '\(tag.value)'") }
      return
    }
    guard let field = shape.field(name) else {
      // The members of one entry may stand in the mapping itself.
      let isInlined = shape.inlined.contains { inlined in
        let type = shape.field(inlined.field)?.type ?? .any
        return names(in: type).contains { Catalog.builtIn.shape($0, usedBy: shape)?.field(name) != nil }
      }
      if !isInlined { problems.append("\(place): is missing") }
      return
    }
    if field.isRequired != isRequired, !(field.isRequired && Self.asked.contains(name)) {
      problems.append("\(place): is required: \(field.isRequired)")
    }
    let kinds = FactKinds(field.type)
    if kinds.adapted(to: facts.kinds) != facts.kinds, !isException("\(shape.file) [\(shape.name)] \(name)") {
      problems.append(
        "\(place): is \(kinds.kinds.map { "\($0)" }.sorted()), not \(facts.kinds.map { "\($0)" }.sorted())")
    }
    compareObjects(facts, kinds, of: shape, at: place)
  }

  private mutating func compareObjects(_ facts: FactKinds, _ kinds: FactKinds, of shape: ObjectShape, at place: String)
  {
    var known: [String: String?] = [:]
    var expected: [(name: String, tag: String?)] = []
    for object in facts.objects where known.updateValue(object.tag, forKey: object.name) == nil {
      expected.append(object)
    }
    var given: [String] = []
    for object in kinds.objects where !given.contains(object.name) { given.append(object.name) }
    guard expected.count == given.count else {
      problems.append("\(place): names \(given), not \(expected.map(\.name))")
      return
    }
    for (fact, name) in zip(expected, given) {
      guard let object = Catalog.builtIn.shape(name, usedBy: shape) else { continue }
      compare(fact.name, with: object, at: "\(place)<\(name)>", fallback: fact.tag)
    }
  }

  private func names(in type: ShapeType) -> [String] { FactKinds(type).objects.map(\.name) }
}
