import ComposeBasic
import ComposeSyntax

/// Types one job and the jobs inside it: which roots each of its fields sees, and what it gives (language specification,
/// section 10.2).
struct JobTyper {
  /// What jobs see that are not inside another.
  let workflowScope: Scope
  let typing: Typing

  /// What a job gives.
  struct Result {
    /// What its action returns, for a job that calls one.
    var action: Type = .any
    let output: Type
  }

  /// The fields of all jobs that have roots of their own or hold other jobs.
  private static let specialFields: Set<String> = ["output", "interrupt", "on_error", "do", "steps"]

  /// Types a job.
  ///
  /// - Parameters:
  ///   - scope: what its fields see: the workflow's roots and those of the job around it.
  ///   - defaultInput: what it is given when it has no `input`.
  func type(
    _ job: JobDecl, in scope: Scope, defaultInput: Type, into diagnostics: inout Diagnostics
  ) -> Result {
    let result = result(of: job, in: scope, defaultInput: defaultInput, into: &diagnostics)
    typing.record(result, at: job.range)
    return result
  }

  private func result(
    of job: JobDecl, in scope: Scope, defaultInput: Type, into diagnostics: inout Diagnostics
  ) -> Result {
    guard let shape = typing.catalog.shape("job:" + job.kind.value) else {
      return unknownKind(job, scope, into: &diagnostics)
    }
    let written = typeFields(of: job, shape, scope, into: &diagnostics)
    checkInterrupts(of: job, scope, into: &diagnostics)
    // An answer to an interrupt or a hook replaces the value.
    var input = written ?? (job.input == nil ? defaultInput : .any)
    if isReplaced("before", in: job) || typing.misspelt.contains(job.node.range) { input = .any }
    let own = ownType(of: job, input, scope, into: &diagnostics)
    let given: Type = isReplaced("after", in: job) ? .any : own
    let output = outputType(of: job, given, scope, into: &diagnostics)
    let failed = failureType(of: job, scope, into: &diagnostics)
    guard !typing.misspelt.contains(job.node.range) else { return Result(action: given, output: .any) }
    return Result(action: given, output: .union(of: [output] + failed))
  }

  /// What the job gives before its `output` is looked at.
  private func ownType(
    of job: JobDecl, _ input: Type, _ scope: Scope, into diagnostics: inout Diagnostics
  ) -> Type {
    if typing.catalog.callsComponent(jobKind: job.kind.value) {
      let target = typing.targets[job.range]
      typing.pass(input, to: target)
      guard let target, !lacksDriver(job) else { return .any }
      return typing.type(of: target)
    }
    guard let kind = typing.catalog.jobKind(of: job) else { return .any }
    return kind.type(
      of: JobTyping(decl: job, input: input, kind: kind, typer: self, scope: scope), into: &diagnostics)
  }

  /// Whether the component inside the job is one that the reference refuses: there its driver has no default.
  private func lacksDriver(_ job: JobDecl) -> Bool {
    guard case .inline(let component) = job.component, component.fields["driver"] == nil else { return false }
    return typing.catalog.component(of: component)?.component.field("driver") != nil
  }

  // MARK: Fields

  /// Types the fields that see what the job sees.
  ///
  /// - Returns: the type of `input`.
  private func typeFields(
    of job: JobDecl, _ shape: ObjectShape, _ scope: Scope, into diagnostics: inout Diagnostics
  ) -> Type? {
    let isMisspelt = typing.misspelt.contains(job.node.range)
    let kind = typing.catalog.jobKind(of: job)
    var input: Type?
    for entry in job.fields.entries where !Self.specialFields.contains(entry.key.value) {
      // The value of a misspelt key would be judged by the wrong key's rules.
      if isMisspelt, shape.field(entry.key.value) == nil { continue }
      // One that belongs to another kind is reported, and would be judged by the wrong roots.
      if kind?.scopedFields.contains(entry.key.value) == true { continue }
      if shape.field(entry.key.value) == nil, typing.catalog.isScoped(entry.key.value) { continue }
      var checker = ExpressionChecker(scope: scope)
      checker.isTextPlace = kind?.textFields.contains(entry.key.value) ?? false
      let isInput = entry.key.value == "input"
      let target = isInput ? typing.targets[job.range] : nil
      let type = checker.inputType(entry.value, of: target, in: typing.catalog, into: &diagnostics)
      if isInput { input = type }
    }
    return input
  }

  private func outputType(
    of job: JobDecl, _ given: Type, _ scope: Scope, into diagnostics: inout Diagnostics
  ) -> Type {
    // A router or a fan-out has no output of its own: there the key means something else.
    guard let output = job.output, typing.catalog.jobKind(of: job)?.result != .branches else {
      return repeated(given, job)
    }
    guard !isPassThrough(output, root: "output") else {
      if let expression = output.wholeExpression { typing.log?.record(given, at: expression.range) }
      return repeated(given, job)
    }
    var roots = ["output": given]
    // What an interrupt registers stays visible.
    if job.fields["interrupt"] != nil { roots["job"] = .any }
    let place = "the output of " + scope.place
    let type = ExpressionChecker(scope: scope.adding(roots, at: place)).type(of: output, into: &diagnostics)
    return repeated(type, job)
  }

  /// With `repeat_count` the result is a list once the count is more than one.
  private func repeated(_ type: Type, _ job: JobDecl) -> Type {
    guard let count = job.fields["repeat_count"] else { return type }
    guard case .constant(.integer(let count)) = count.content else { return .union(of: [type, .list(type)]) }
    return count > 1 ? .list(type) : type
  }

  /// A job of a kind that is not known: nothing is said about its roots.
  private func unknownKind(_ job: JobDecl, _ scope: Scope, into diagnostics: inout Diagnostics) -> Result {
    var open = scope
    open.isOpen = true
    open.declaresInputs = false
    for entry in job.fields.entries {
      _ = ExpressionChecker(scope: open).type(of: entry.value, into: &diagnostics)
    }
    return Result(output: .any)
  }
}
