import ComposeBasic
import ComposeSyntax

/// Ids that name two things, or nothing.
extension Binder {
  /// Checks the ids of a whole file.
  func checkIDs(into diagnostics: inout Diagnostics) {
    checkUnique(symbols.components.map { Declared("component", $0.id, $0.node) }, into: &diagnostics)
    checkUnique(symbols.workflows.map { Declared("workflow", $0.id, $0.node) }, into: &diagnostics)
    checkUnique(file.declarations(.system).map { Declared("system", $0.id, $0.node) }, into: &diagnostics)
    checkDefaults(symbols.components.filter(\.isDefault).map(\.node), "component", into: &diagnostics)
    checkDefaults(symbols.workflows.filter(\.isDefault).map(\.node), "workflow", into: &diagnostics)
    for component in file.allComponents {
      checkDefaults(component.actions.filter(\.isDefault).map(\.node), "action", into: &diagnostics)
      checkUnique(component.actions.map { Declared("action", $0.id, $0.node) }, into: &diagnostics)
    }
    for workflow in symbols.workflows {
      checkUnique(workflow.jobs.map { Declared("job", $0.id, $0.node) }, into: &diagnostics)
    }
  }

  private func checkDefaults(_ nodes: [YAMLNode], _ what: String, into diagnostics: inout Diagnostics) {
    for node in nodes.dropFirst() {
      diagnostics.emit(
        Diagnostic(
          BindingCode.severalDefaults, "another \(what) is the default already",
          at: node.entry("default")?.key.range ?? node.range
        )
        .note("the first one is here", at: nodes[0].entry("default")?.key.range)
        .upstream("uses the first one")
        .removing(key: "default", of: node))
    }
  }

  private struct Declared {
    let what: String
    let id: Located<String>?
    let node: YAMLNode

    init(_ what: String, _ id: Located<String>?, _ node: YAMLNode) {
      self.what = what
      self.id = id
      self.node = node
    }

    /// The id, or the one that the reference gives a declaration without.
    var name: String { id?.value ?? "__\(what)__" }

    var place: SourceRange { id?.range ?? node.mapping?.first?.key.range ?? node.range }
  }

  private func checkUnique(_ declarations: [Declared], into diagnostics: inout Diagnostics) {
    var first: [String: Declared] = [:]
    for declared in declarations {
      if declared.name == "__default__" {
        diagnostics.emit(
          Diagnostic(BindingCode.reservedID, "'__default__' cannot be the id of a \(declared.what)", at: declared.place)
            .help("choose another id")
            .upstream("refuses the file"))
      }
      guard let earlier = first[declared.name] else {
        first[declared.name] = declared
        continue
      }
      let isUnnamed = declared.id == nil && earlier.id == nil
      let message =
        isUnnamed ? "two \(declared.what)s without 'id'" : "two \(declared.what)s with the id '\(declared.name)'"
      diagnostics.emit(
        Diagnostic(BindingCode.duplicateID, message, at: declared.place)
          .note("the first one is here", at: earlier.place)
          .help(isUnnamed ? "give each an 'id'" : "choose another id")
          .upstream("keeps one of them and drops the other"))
    }
  }
}
