import ComposeBasic
import ComposeSyntax

/// Finds the expressions that read a workflow's input (language specification, section 13.1).
///
/// Other than the reference it finds expressions inside defaults and attributes, and those in the other fields of a job
/// that passes its input through. It leaves out what does not mean the workflow's input: hook scripts, the expressions
/// of a component inside a job, what sees the input of a loop, and the action of a job whose `input` is empty.
struct InputSearch {
  private(set) var uses: [InputUse] = []
  private let signature: Signature
  /// Every workflow is looked into once: a second time would find the same, or never end.
  private var visited: Set<SourceRange> = []
  /// How many workflows are open, each run by the one before it.
  private var depth = 0
  /// The orders of fields by kinds of jobs, and by the shapes of actions.
  private var jobOrders: [String: FieldOrder] = [:]
  private var actionOrders: [ObjectIdentifier: FieldOrder] = [:]

  init(_ signature: Signature) { self.signature = signature }

  mutating func visit(_ workflow: WorkflowDecl) {
    guard depth < Signature.depthLimit, visited.insert(workflow.range).inserted else { return }
    depth += 1
    defer { depth -= 1 }
    for job in workflow.jobs { visit(job) }
    if let output = workflow.output { collect(output) }
  }

  private mutating func visit(_ job: JobDecl) {
    let kind = job.kind.value
    let passesOn = job.input.map { isPassThrough($0, root: "input") } ?? true
    var entries = job.fields.entries
    if signature.catalog.callsComponent(jobKind: kind), passesOn {
      if let target = signature.target(of: job) { visit(target) }
      entries.removeAll { $0.key.value == "input" }
    }
    visit(entries, kind: kind, passesOn: passesOn)
  }

  /// Where the action sees the workflow's input as its own.
  private mutating func visit(_ target: ActionTarget) {
    var entries = target.action.fields.entries
    if let field = target.workflowField,
      target.action.fields["input"].map({ isPassThrough($0, root: "input") }) ?? true,
      let inner = signature.workflow(runBy: target)
    {
      visit(inner)
      entries.removeAll { $0.key.value == "input" || $0.key.value == field }
    }
    for entry in order(of: target).sorted(entries) { collect(entry.value) }
  }

  /// - Parameter passesOn: whether what runs inside the job sees the workflow's input as the job's.
  private mutating func visit(_ entries: [TemplateEntry], kind: String, passesOn: Bool) {
    let known = signature.catalog.jobKind(kind)
    for entry in order(ofKind: kind).sorted(entries) {
      let key = entry.key.value
      let body = known?.body
      if key == "hook" || key == "component" { continue }
      if key == body?.field {
        guard let body, !body.hasOwnInput else { continue }
        let jobs = if body.isSequence, case .list(let steps) = entry.value.content { steps } else { [entry.value] }
        for job in jobs { visitInline(job) }
      } else if passesOn || body?.hasOwnInput != true || known?.scopedFields.contains(key) != true {
        collect(entry.value)
      }
    }
  }

  /// A job inside a job that keeps the workflow's `input` visible.
  private mutating func visitInline(_ job: Template) {
    guard case .object(let entries) = job.content else { return }
    let kind = signature.catalog.jobKind(writtenIn: job)
    visit(entries, kind: kind, passesOn: job["input"].map { isPassThrough($0, root: "input") } ?? false)
  }

  private mutating func order(ofKind kind: String) -> FieldOrder {
    if let known = jobOrders[kind] { return known }
    let order = FieldOrder(job: kind, signature.catalog)
    jobOrders[kind] = order
    return order
  }

  private mutating func order(of target: ActionTarget) -> FieldOrder {
    guard let shape = target.shape?.action else { return FieldOrder(action: target) }
    if let known = actionOrders[ObjectIdentifier(shape)] { return known }
    let order = FieldOrder(action: target)
    actionOrders[ObjectIdentifier(shape)] = order
    return order
  }

  // MARK: Expressions

  private mutating func collect(_ template: Template) {
    for text in template.texts { collect(text, isInDefault: false) }
  }

  private mutating func collect(_ text: TemplateText, isInDefault: Bool) {
    for case .expression(let expression) in text.parts {
      if expression.root.value == "input", !expression.isChunk {
        uses.append(InputUse(expression: expression, isInDefault: isInDefault))
      }
      for attribute in expression.cast?.attributes ?? [] { collect(attribute.value, isInDefault: isInDefault) }
      if let fallback = expression.fallback { collect(fallback, isInDefault: true) }
    }
  }
}
