import ComposeBasic
import ComposeSyntax

/// Jobs that are no calls of a component: those that run others, go through elements, wait, choose or split.
extension JobTyper {
  /// What such a job gives before its `output` is looked at.
  func compositeType(
    of job: JobDecl, _ input: Type, _ scope: Scope, into diagnostics: inout Diagnostics
  ) -> Type {
    switch job.kind.value {
    case "delay": return .null
    case "for-each": return forEachType(of: job, input, scope, into: &diagnostics)
    case "filter": return filterType(of: job, input, scope, into: &diagnostics)
    case "accumulate": return accumulateType(of: job, input, scope, into: &diagnostics)
    case "loop": return loopType(of: job, input, scope, into: &diagnostics)
    case "pipeline": return pipelineType(of: job, input, scope, into: &diagnostics)
    case "fan-out": return fanOutType(of: job, input)
    case _ where Self.routers.contains(job.kind.value): return .null
    default: return .any
    }
  }

  /// Types a job inside a job. It sees the workflow's roots and those which the nearest job around it adds.
  private func bodyType(
    _ body: JobDecl, _ place: String, _ roots: [String: Type], inside outer: Scope, defaultInput: Type,
    hasLocalInput: Bool = false, into diagnostics: inout Diagnostics
  ) -> Type {
    var scope = workflowScope.adding(roots, at: place)
    scope.hiddenRoots = outer.hiddenRoots.union(outer.roots.keys).subtracting(scope.roots.keys)
    if hasLocalInput {
      scope.hasLocalInput = true
      scope.declaresInputs = false
    }
    return type(body, in: scope, defaultInput: defaultInput, into: &diagnostics).output
  }

  // MARK: Elements

  private func forEachType(
    of job: JobDecl, _ input: Type, _ scope: Scope, into diagnostics: inout Diagnostics
  ) -> Type {
    guard let body = job.bodies.first else { return .any }
    let item = input.items
    // In place of a null item the inner job is given the workflow's input.
    let type = bodyType(
      body, "the job inside \(scope.place)", ["item": item], inside: scope, defaultInput: item.mayBeNull ? .any : item,
      into: &diagnostics)
    return collected(input, type, single: type, streaming: job.fields["streaming"])
  }

  private func filterType(
    of job: JobDecl, _ input: Type, _ scope: Scope, into diagnostics: inout Diagnostics
  ) -> Type {
    let item = input.items
    if let condition = job.fields["where"] {
      let inner = workflowScope.adding(["item": item, "index": .integer], at: "the condition of " + scope.place)
      checkCondition(condition, ExpressionChecker(scope: inner), into: &diagnostics)
    }
    return collected(input, item, single: item, streaming: job.fields["streaming"])
  }

  /// A list for a list, a stream for a stream, one value for any other.
  private func collected(_ input: Type, _ element: Type, single: Type, streaming: Template?) -> Type {
    if input == .any { return .any }
    let types = (input.alternatives + (input.mayBeNull ? [.null] : [])).map { type -> Type in
      switch type {
      case .any: return .any
      case .list:
        switch streaming?.content {
        case nil, .constant(.boolean(false)): return .list(element)
        case .constant(.boolean(true)): return .stream(element, fragmented: false)
        default: return .any
        }
      case .stream(_, let fragmented): return .stream(element, fragmented: fragmented)
      case .encoded: return .stream(element, fragmented: false)
      default: return single
      }
    }
    return .union(of: types)
  }

  private func accumulateType(
    of job: JobDecl, _ input: Type, _ scope: Scope, into diagnostics: inout Diagnostics
  ) -> Type {
    guard let body = job.bodies.first else { return .any }
    let item = input.items
    let type = bodyType(
      body, "the job inside \(scope.place)", ["item": item, "accumulator": .any], inside: scope,
      defaultInput: item.mayBeNull ? .any : item, into: &diagnostics)
    // Without an element it stays what it is at first.
    var ignored = Diagnostics()
    let first = job.fields["accumulator"].map { ExpressionChecker(scope: scope).type(of: $0, into: &ignored) }
    return .union(of: [first ?? .null, type])
  }

  // MARK: Steps

  private func loopType(
    of job: JobDecl, _ input: Type, _ scope: Scope, into diagnostics: inout Diagnostics
  ) -> Type {
    guard let body = job.bodies.first else { return .any }
    var roots: [String: Type] = ["input": input, "output": .any, "iteration": .integer]
    let type = bodyType(
      body, "the job inside \(scope.place)", roots, inside: scope, defaultInput: .any, hasLocalInput: true,
      into: &diagnostics)
    roots["output"] = type
    var inner = workflowScope.adding(roots, at: "the condition of " + scope.place)
    inner.hasLocalInput = true
    for name in ["while", "until"] {
      guard let condition = job.fields[name] else { continue }
      checkCondition(condition, ExpressionChecker(scope: inner), into: &diagnostics)
    }
    return type
  }

  private func pipelineType(
    of job: JobDecl, _ input: Type, _ scope: Scope, into diagnostics: inout Diagnostics
  ) -> Type {
    var previous: Type?
    for (index, step) in job.bodies.enumerated() {
      let given = previous ?? input
      let state = Type.object(ObjectType([.init("input", given), .init("index", .integer)], rest: nil))
      var roots: [String: Type] = ["input": input, "step": state]
      if let previous { roots["output"] = previous }
      previous = bodyType(
        step, "step \(index + 1) of \(scope.place)", roots, inside: scope, defaultInput: given.mayBeNull ? .any : given,
        hasLocalInput: true, into: &diagnostics)
    }
    return previous ?? .any
  }

  // MARK: Branches

  /// One stream or file for each name.
  private func fanOutType(of job: JobDecl, _ input: Type) -> Type {
    guard case .list(let names)? = job.output?.content else { return .any }
    let branches = input.alternatives.map { type -> Type in
      switch type {
      case .any: .any
      case .stream, .media: type
      case .encoded: .stream(.text, fragmented: false)
      default: .stream(type.items, fragmented: false)
      }
    }
    let branch = input.mayBeNull ? .any : Type.union(of: branches)
    let members = names.compactMap(\.constantText).map { ObjectType.Member($0, branch) }
    return members.count == names.count ? .object(ObjectType(members, rest: nil)) : .any
  }

  // MARK: Conditions

  private func checkCondition(
    _ condition: Template, _ checker: ExpressionChecker, into diagnostics: inout Diagnostics
  ) {
    _ = checker.type(of: condition, into: &diagnostics)
    JobConditions.check(condition, in: checker, into: &diagnostics)
  }
}

extension Type {
  /// What a job that goes through a value sees of it: the elements of a list or a stream, or the value itself.
  fileprivate var items: Type {
    if self == .any { return .any }
    let types = alternatives.map { type -> Type in
      switch type {
      case .list, .stream, .encoded: type.element
      default: type
      }
    }
    return .union(of: types + (mayBeNull ? [.null] : []))
  }
}
