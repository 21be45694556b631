import ComposeBasic
import ComposeSyntax

extension TypedWorkflow {
  /// Whether edges between the jobs are missing or ambiguous because of faults that are reported already, so that
  /// nothing can be said about the graph as a whole.
  func hasFaultyEdges(_ program: borrowing TypedProgram) -> Bool {
    let misspelt = program.misspelt
    if graph.hasDuplicates || !graph.isComplete || misspelt.contains(decl.node.range) { return true }
    // Neither a list nor one name: the parser reads no dependency there.
    if decl.jobs.contains(where: { $0.node.entry("depends_on")?.value.mapping != nil }) { return true }
    if graph.groups.contains(where: { $0.contains(where: \.isEmpty) }) { return true }
    return !misspelt.isEmpty && decl.jobs.contains { misspelt.contains($0.node.range) }
  }
}

extension TypedWorkflow {
  /// Whether a job routes to a name that no job has.
  var hasUnknownRoute: Bool {
    graph.targets.joined().contains { graph.index(of: $0.value) == nil }
  }
}

/// One expression of a template, with the entry that holds it.
struct ExpressionUse {
  let expression: Expression
  /// The key of the innermost entry; `nil` in the items of a list and where the template itself is the expression.
  let key: SourceRange?
  /// The names of the keys around it, from the outermost.
  let keys: [String]

  /// Whether it stands in the output of the job itself, which is rendered after the job has run.
  var isOutput: Bool { keys.first == "output" }

  /// Where a finding about the flow of values is reported: at the field that gets the value.
  var place: SourceRange { key ?? expression.range }
}

extension Template {
  /// Every expression with its place. Components that are written inside a job are left out: they see other roots.
  func uses(key: SourceRange? = nil, keys: [String] = []) -> [ExpressionUse] {
    switch content {
    case .constant: return []
    case .text(let text): return text.expressions.map { ExpressionUse(expression: $0, key: key, keys: keys) }
    case .list(let items): return items.flatMap { $0.uses(keys: keys) }
    case .object(let entries):
      return entries.flatMap { entry -> [ExpressionUse] in
        if entry.key.value == "component", case .object = entry.value.content { return [] }
        return entry.value.uses(key: entry.key.range, keys: keys + [entry.key.value])
      }
    }
  }
}

extension Fields {
  /// Every expression of the fields with its place.
  var uses: [ExpressionUse] {
    entries.flatMap { $0.value.uses(key: $0.key.range, keys: [$0.key.value]) }
  }
}

extension Expression {
  /// The job that the expression reads: `${jobs.<name>…}`.
  var readJob: Located<String>? {
    guard root.value == "jobs", let first = path.first, case .key(let name) = first.value else { return nil }
    return Located(name, at: first.range)
  }

  /// Whether it is the whole output of a job, without a path into it.
  var isWholeJobOutput: Bool {
    root.value == "jobs" && path.count == 2 && path[1].value == .key("output")
  }
}

extension YAMLNode {
  /// The text of a scalar, with its place.
  var locatedScalar: Located<String>? { scalar.map { Located($0.text, at: range) } }
}
