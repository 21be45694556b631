package import ComposeBasic
import ComposeSyntax

/// Reports values that YAML reads as something else than they look like, where any kind of value may stand.
///
/// The value stays what the reference reads. Fields that take only a boolean or a number are left out: there `yes` can
/// mean only one thing.
package enum FreeValues: Check {
  package static let codes = PlainScalar.codes + [WrittenText.comment, WrittenText.quotes]

  /// Fields whose values are passed on as they are.
  private static let free: Set<String> = [
    "arguments", "body", "data", "env", "headers", "input", "item", "messages", "metadata", "output", "params",
    "payload", "prompt", "query", "system_prompt", "text", "value", "variables",
  ]
  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    var findings = ValueFindings(besides: diagnostics)
    let sources = Dictionary(program.file.sources.map { ($0.id, $0) }) { first, _ in first }
    let file = program.file
    let roots =
      file.workflows.map(\.node) + file.components.map(\.node) + file.sections.map(\.node)
      + [file.controller?.node].compactMap { $0 }
    for root in roots { visit(root, key: nil, isFree: false, sources, into: &findings) }
    diagnostics.append(contentsOf: findings.diagnostics)
  }

  private static func visit(
    _ node: YAMLNode, key: YAMLEntry?, isFree: Bool, _ sources: [SourceFile.ID: SourceFile],
    into findings: inout ValueFindings
  ) {
    switch node.content {
    case .mapping(let entries):
      for entry in entries {
        let isFree = isFree || free.contains(entry.name ?? "")
        visit(entry.value, key: entry, isFree: isFree, sources, into: &findings)
      }
    case .sequence(let items):
      for item in items { visit(item, key: key, isFree: isFree, sources, into: &findings) }
    case .scalar(let scalar):
      // What the environment says is nobody's spelling in this file.
      guard scalar.style == .plain, scalar.environment.isEmpty else { return }
      if isFree, let finding = PlainScalar(scalar, at: node.range, key: key?.name ?? "").finding {
        findings.emit(finding)
      }
      guard let source = sources[node.range.file] else { return }
      let text = WrittenText(scalar, node: node, key: key?.key.range, in: source)
      if let finding = text.commentFinding ?? text.quotesFinding { findings.emit(finding) }
    }
  }
}
