import ComposeBasic
import ComposeRuntime
import ComposeSyntax

/// A text with environment references, or two documents of which one is laid over the other.
enum EnvironmentVector {
  case substitution(text: String, variables: OrderedObject)
  case merging(base: Value, override: Value)

  init(_ row: OrderedObject) throws(InvalidVector) {
    if let base = row["base"] {
      self = .merging(base: base, override: try row.required("override"))
      return
    }
    guard case .text(let text) = try row.required("text") else { throw InvalidVector("'text' is not a text") }
    self = .substitution(text: text, variables: try row.object("env"))
  }

  func outcome() throws(InvalidVector) -> VectorOutcome {
    switch self {
    case .substitution(let text, let variables): try Self.substituted(text, variables)
    case .merging(let base, let override): try Self.merged(base, override)
    }
  }

  /// What the reference calls an error and so do we.
  private static let failures = [EnvironmentCodes.unset, EnvironmentCodes.invalidCast, EnvironmentCodes.shellDefault]

  private static func substituted(_ text: String, _ variables: OrderedObject) throws(InvalidVector) -> VectorOutcome {
    var environment = Environment()
    for (name, value) in variables {
      guard case .text(let value) = value else { throw InvalidVector("the variable '\(name)' is not a text") }
      environment.set(name, value, origin: "env")
    }
    var sources = SourceSet()
    let source = sources.add(path: "<text>", bytes: Array(text.utf8))
    var diagnostics = Diagnostics()
    let document = parseYAML(source, environment: environment, into: &diagnostics)
    let codes = diagnostics.all.map(\.code.id)
    if failures.contains(where: { codes.contains($0.id) }) { return .failure("ValueError") }
    let expanded = String(decoding: substitutedText(of: source, environment: environment), as: UTF8.self)
    var members: OrderedObject = ["expected_text": .text(expanded)]
    if codes.contains(YAMLCodes.syntax.id) {
      members["yaml_error"] = .text("YAMLError")
      return .result(members)
    }
    if let refusal = VectorOutcome(errorsIn: diagnostics) { return refusal }
    members["expected_yaml"] = document.root.map { Value($0) } ?? .null
    return .result(members)
  }

  private static func merged(_ base: Value, _ override: Value) throws(InvalidVector) -> VectorOutcome {
    var sources = SourceSet()
    var diagnostics = Diagnostics()
    var nodes: [YAMLNode] = []
    for value in [base, override] {
      let source = sources.add(path: "<\(sources.files.count)>", bytes: Array(value.jsonText.utf8))
      guard let root = parseYAML(source, environment: Environment(), into: &diagnostics).root else {
        throw InvalidVector("'base' and 'override' must be documents")
      }
      nodes.append(root)
    }
    if let refusal = VectorOutcome(errorsIn: diagnostics) { return refusal }
    return .result(["expected": Value(merge(nodes[0], with: nodes[1]))])
  }
}

extension Value {
  /// What a YAML node says.
  fileprivate init(_ node: YAMLNode) {
    switch node.content {
    case .scalar(let scalar): self.init(scalar.value)
    case .sequence(let items): self = .list(items.map { Value($0) })
    case .mapping(let entries):
      var object = OrderedObject()
      for entry in entries { object[entry.name ?? ""] = Value(entry.value) }
      self = .object(object)
    }
  }

  private init(_ scalar: ScalarValue) {
    switch scalar {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .bigInteger(let digits): self = .bigInteger(digits)
    case .number(let value): self = .number(value)
    case .timestamp(let text), .text(let text): self = .text(text)
    }
  }
}
