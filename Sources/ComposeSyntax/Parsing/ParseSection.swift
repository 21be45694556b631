import ComposeBasic

/// Reads the declarations beside components and workflows, in the order of the sections.
func parseSections(in root: YAMLNode, into diagnostics: inout Diagnostics) -> [SectionDecl] {
  var sections: [SectionDecl] = []
  for kind in SectionDecl.Kind.allCases {
    for declaration in declarations(kind.rawValue, kind.rawValue + "s", in: root, into: &diagnostics) {
      let node = declaration.node
      sections.append(
        SectionDecl(
          kind: kind,
          id: declaration.id ?? node.locatedText("id"),
          type: node.locatedText("type") ?? node.locatedText("driver"),
          fields: Fields(parseEntries(node.mapping ?? [], except: ["id", "type"], into: &diagnostics)),
          node: node))
    }
  }
  return sections
}
