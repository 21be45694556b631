package import ComposeBasic

/// What a YAML file says, and which parts of the environment it asks for.
package struct YAMLDocument: Sendable {
  /// The document's root; `nil` when the file is empty or is not YAML.
  package let root: YAMLNode?
  /// Every reference outside comments, in the order of the file.
  package let environmentReferences: [EnvironmentReference]

  /// What is wrong with references inside comments, which nobody but the reference implementation reads.
  package let commentFindings: [Diagnostic]

  package init(
    root: YAMLNode?, environmentReferences: [EnvironmentReference], commentFindings: [Diagnostic] = []
  ) {
    self.commentFindings = commentFindings
    self.root = root
    self.environmentReferences = environmentReferences
  }
}

/// Reads one YAML 1.1 document as PyYAML's `safe_load` would, with exact positions.
///
/// Environment references are resolved on the way, as if their values stood in the text. An empty file has no root and
/// no finding. A file that is not YAML has no root and at least one finding.
package func parseYAML(
  _ source: SourceFile, environment: Environment, into diagnostics: inout Diagnostics
) -> YAMLDocument {
  if let finding = findInvalidCharacter(in: source) {
    diagnostics.emit(finding)
    return YAMLDocument(root: nil, environmentReferences: [])
  }
  let text = ExpandedText(source, environment: environment)
  var composer = YAMLComposer(text)
  var unreadFrom = text.bytes.count
  var root: YAMLNode?
  do throws(YAMLComposer.Stop) {
    root = try composer.document()
  } catch {
    unreadFrom = error.offset
    if let fault = error.fault { composer.diagnostics.emit(.yamlSyntax(fault, in: text)) }
  }
  diagnostics.append(contentsOf: composer.diagnostics)
  let references = text.references.indices.filter { index in
    if composer.isUsed[index] { return true }
    // Behind a syntax error nothing is known; only an obvious comment is left out.
    let start = text.map.pieces[index].expanded.lowerBound
    return start >= unreadFrom && !isInComment(start, text.bytes)
  }
  let outside = Set(references)
  return YAMLDocument(
    root: root,
    environmentReferences: references.map { text.references[$0].reference },
    commentFindings: text.references.indices.compactMap { index in
      outside.contains(index) ? nil : .commentedVariable(text.references[index])
    })
}

private func isInComment(_ offset: Int, _ bytes: [UInt8]) -> Bool {
  var index = offset
  while index > 0, !bytes[index - 1].isYAMLBreak {
    index -= 1
    let isSeparated = index == 0 || bytes[index - 1].isYAMLBlank || bytes[index - 1].isYAMLBreak
    if bytes[index] == UInt8(ascii: "#"), isSeparated { return true }
  }
  return false
}
