package import ComposeBasic

/// A compose file after shorthands and older spellings are resolved.
///
/// The bodies of components and jobs stay located fields: descriptions, not Swift types, say what they may hold.
package struct ComposeFile: Sendable {
  /// The top-level mapping; `nil` when the file could not be read as one.
  package let root: YAMLNode?
  package let controller: ControllerDecl?
  package let workflows: [WorkflowDecl]
  package let components: [ComponentDecl]
  /// Listeners, gateways, systems, tracers and loggers.
  package let sections: [SectionDecl]
  /// Every `${env.…}` outside comments, in order.
  package let environment: [EnvironmentReference]
  /// The whole first file, for findings that have no better place.
  package let range: SourceRange
  /// The files, for what nodes do not tell: what stands behind a value on its line.
  package let sources: [SourceFile]
  /// Every job of every workflow, those inside other jobs included, which follow them.
  package let allJobs: [JobDecl]
  /// The components of the file and those written inside jobs.
  package let allComponents: [ComponentDecl]

  package init(
    root: YAMLNode?, controller: ControllerDecl?, workflows: [WorkflowDecl], components: [ComponentDecl],
    sections: [SectionDecl] = [], environment: [EnvironmentReference], range: SourceRange, sources: [SourceFile] = []
  ) {
    self.sources = sources
    self.root = root
    self.controller = controller
    self.workflows = workflows
    self.components = components
    self.sections = sections
    self.environment = environment
    self.range = range
    allJobs = workflows.flatMap(\.allJobs)
    allComponents = components + allJobs.compactMap(\.inlineComponent)
  }
}

/// A mapping's entries as templates, by name.
package struct Fields: Sendable {
  package let entries: [TemplateEntry]

  package init(_ entries: [TemplateEntry] = []) { self.entries = entries }

  package subscript(name: String) -> Template? { entry(name)?.value }

  package func entry(_ name: String) -> TemplateEntry? { entries.last { $0.key.value == name } }
}
