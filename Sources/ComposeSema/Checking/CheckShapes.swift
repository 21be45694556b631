import ComposeBasic
import ComposeSyntax

/// Checks every mapping of a file against the catalogue.
///
/// - Returns: the places of mappings with a misspelt key. What follows from such a mistake is not reported again.
func checkShapes(
  _ file: ComposeFile, catalog: Catalog, into diagnostics: inout Diagnostics
) -> Set<SourceRange> {
  guard let root = file.root else { return [] }
  var shapes = SectionShapes(catalog, file)
  var rootChecker = ShapeChecker(shape: shapes.compose, title: "the compose file")
  rootChecker.neighbours = [
    .init(shape: shapes.workflow, place: "under 'workflow'"),
    .init(shape: shapes.componentJob, place: "under 'job'"),
    .init(shape: shapes.adapter, place: "under 'controller.adapter'"),
  ]
  if rootChecker.check(root, into: &diagnostics) { shapes.misspelt.insert(root.range) }
  if let controller = file.controller { shapes.check(controller, into: &diagnostics) }
  for workflow in file.workflows { shapes.check(workflow, into: &diagnostics) }
  for component in file.components { shapes.check(component, into: &diagnostics) }
  return shapes.misspelt
}

/// The shapes of the sections, with the nesting that files have.
private struct SectionShapes {
  let catalog: Catalog
  var misspelt: Set<SourceRange> = []
  let compose: ObjectShape
  let controller: ObjectShape
  let adapter: ObjectShape
  let webUI: ObjectShape
  let workflow: ObjectShape
  let componentJob: ObjectShape
  let component: ObjectShape
  let action: ObjectShape

  /// The action shapes of the component types that the file uses.
  let actions: [ObjectShape]

  init(_ catalog: Catalog, _ file: ComposeFile) {
    func shape(_ name: String) -> ObjectShape { catalog.shape(name) ?? ObjectShape(name: name, isOpen: true) }
    self.catalog = catalog
    compose = shape("compose")
    controller = shape("controller")
    adapter = shape("adapter:http-server")
    webUI = shape("webui")
    workflow = shape("workflow")
    componentJob = shape("job:component")
    component = shape("component")
    action = shape("action")
    let types = Set(file.components.compactMap(\.type?.value)).sorted()
    actions = types.compactMap { catalog.component($0)?.action }
  }

  mutating func check(_ declaration: ControllerDecl, into diagnostics: inout Diagnostics) {
    var checker = ShapeChecker(shape: controller, title: "'controller'")
    checker.merged = declaration.isFlat ? [adapter] : []
    checker.neighbours = [.init(shape: adapter, place: "under 'adapter'")]
    checker.check(declaration.node, into: &diagnostics)
    for one in declaration.adapters where !declaration.isFlat {
      let type = one.type?.value ?? ""
      let shape = catalog.shape("adapter:" + type) ?? catalog.shape("adapter") ?? adapter
      var checker = ShapeChecker(shape: shape, title: "the adapter")
      checker.neighbours = [.init(shape: controller, place: "one level up, under 'controller'")]
      checker.check(one.node, into: &diagnostics)
    }
    if let one = declaration.webUI { ShapeChecker(shape: webUI, title: "'webui'").check(one.node, into: &diagnostics) }
  }

  mutating func check(_ declaration: WorkflowDecl, into diagnostics: inout Diagnostics) {
    var checker = ShapeChecker(shape: workflow, title: "the workflow")
    checker.merged = declaration.isFlat ? [componentJob] : []
    checker.neighbours = [
      .init(shape: componentJob, place: "under 'job'"), .init(shape: compose, place: "at the top level"),
    ]
    if checker.check(declaration.node, into: &diagnostics) { misspelt.insert(declaration.node.range) }
    for job in declaration.jobs { check(job, isFlat: declaration.isFlat, into: &diagnostics) }
  }

  private mutating func check(_ job: JobDecl, isFlat: Bool, into diagnostics: inout Diagnostics) {
    if case .inline(let component) = job.component { check(component, into: &diagnostics) }
    guard !isFlat else { return }
    // An unknown kind is reported through the list of kinds in the common shape.
    let shape = catalog.shape("job:" + job.kind.value) ?? openJob
    var checker = ShapeChecker(shape: shape, title: "the \(job.kind.value) job")
    checker.neighbours =
      [.init(shape: workflow, place: "one level up, under 'workflow'")]
      + actions.map { .init(shape: $0, place: "under the component's 'action'") }
    // The parser understands older names of a kind.
    if let type = job.node.entry("type")?.value, type.scalar?.text != job.kind.value {
      checker.legacyValue = type.range
    }
    if checker.check(job.node, into: &diagnostics) { misspelt.insert(job.node.range) }
  }

  private var openJob: ObjectShape {
    ObjectShape(name: "job", fields: catalog.shape("job")?.fields ?? [], isOpen: true)
  }

  mutating func check(_ declaration: ComponentDecl, into diagnostics: inout Diagnostics) {
    let type = declaration.type?.value ?? ""
    checkType(declaration, into: &diagnostics)
    let described = catalog.component(type)
    let componentShape = described?.component ?? ObjectShape(name: "component", fields: component.fields, isOpen: true)
    let actionShape = described?.action ?? ObjectShape(name: "action", fields: action.fields, isOpen: true)
    var checker = ShapeChecker(
      shape: componentShape, title: type.isEmpty ? "the component" : "the \(type) component")
    checker.merged = declaration.actions.contains(where: \.isFlat) ? [actionShape] : []
    checker.neighbours = [.init(shape: actionShape, place: "under 'action'")]
    if checker.check(declaration.node, into: &diagnostics) { misspelt.insert(declaration.node.range) }
    for one in declaration.actions {
      var checker = ShapeChecker(shape: actionShape, title: "the \(type) action")
      checker.merged = one.isFlat ? [componentShape] : []
      checker.neighbours = [.init(shape: componentShape, place: "one level up, in the component")]
      if checker.check(one.node, into: &diagnostics) { misspelt.insert(one.node.range) }
      checkNeeds(one, of: declaration, actionShape, into: &diagnostics)
    }
  }

  private func checkType(_ declaration: ComponentDecl, into diagnostics: inout Diagnostics) {
    guard let type = declaration.type, !catalog.componentTypes.contains(type.value), !type.value.contains("${") else {
      return
    }
    let best = suggestion(for: type.value, among: catalog.componentTypes)
    var diagnostic = Diagnostic(
      ShapeCode.unknownComponentType, "unknown component type '\(type.value)'", at: type.range
    )
    .help(best.map { "did you mean '\($0)'?" }).upstream("refuses the file")
    if let best { diagnostic = diagnostic.fix("write '\(best)'", .suggested, replace: type.range, with: best) }
    diagnostics.emit(diagnostic)
  }

  private func checkNeeds(
    _ one: ActionDecl, of declaration: ComponentDecl, _ shape: ObjectShape, into diagnostics: inout Diagnostics
  ) {
    for (name, needed) in shape.needsOfComponent.sorted(by: { $0.key < $1.key }) {
      guard let entry = one.fields.entry(name), declaration.node.entry(needed) == nil else { continue }
      // A misspelt key of the component is reported as such.
      let names = (declaration.node.mapping ?? []).compactMap(\.name)
      guard !names.contains(where: { suggestion(for: $0, among: [needed]) != nil }) else { continue }
      diagnostics.emit(
        Diagnostic(
          ShapeCode.missingKey, "the action's '\(name)' needs '\(needed)' in the component", at: entry.key.range
        )
        .help("add '\(needed)' to the component, or write the full address as 'endpoint'")
        .upstream("refuses the file"))
    }
  }
}
