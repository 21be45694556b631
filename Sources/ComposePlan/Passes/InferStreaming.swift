import ComposeBasic
import ComposeSema

/// Notes how each job, and each workflow, hands on what it gives: as a value, or as a stream.
///
/// The types of the checker decide where they know; where they do not, operations and templates often do: a loop over a
/// list gives a list, and a text is never a stream.
enum InferStreaming: PlanPass {
  static let name = "infer-streaming"

  static func run(on plan: Plan) -> Plan {
    var copy = plan
    for index in copy.workflows.indices { copy.workflows[index] = inferred(copy.workflows[index]) }
    return copy
  }

  private static func inferred(_ workflow: WorkflowPlan) -> WorkflowPlan {
    var copy = workflow
    var jobs: [String: Yield] = [:]
    // One round for each job is enough where each reads the one before; a cycle stays undecided.
    for _ in 0..<max(1, min(workflow.nodes.count, 8)) {
      var isChanged = false
      for index in copy.nodes.indices {
        let yield = Yields(jobs: jobs).yield(of: copy.nodes[index].job)
        isChanged = isChanged || copy.nodes[index].yield != yield
        copy.nodes[index].yield = yield
        jobs[copy.nodes[index].name] = yield
      }
      if !isChanged { break }
    }
    copy.yield = Yields(jobs: jobs).yield(of: copy)
    return copy
  }
}

/// What is known about values from types, operations and templates.
private struct Yields {
  /// Of the other jobs of the workflow, by name.
  let jobs: [String: Yield]

  func yield(of workflow: WorkflowPlan) -> Yield {
    let typed = Yield(workflow.outputType)
    guard typed == .either else { return typed }
    if let output = workflow.output { return yield(of: output, output: .value) }
    let ends = workflow.nodes.filter { $0.isTerminal && !$0.job.isRouter }
    // Several are put together to one object, unless only one of them runs.
    guard ends.count > 1 else { return ends.first?.yield ?? .value }
    return ends.dropFirst().reduce(ends[0].yield) { $0.or($1.yield) }.or(.value)
  }

  func yield(of job: JobPlan) -> Yield {
    let typed = Yield(job.outputType)
    guard typed == .either else { return typed }
    var found = job.output.map { yield(of: $0, output: result(of: job)) } ?? result(of: job)
    // Another value may take its place.
    if job.interrupts.contains(where: { $0.phase == .after }), job.output == nil { found = found.or(.value) }
    switch job.onError?.action {
    case .ignore?: found = found.or(.value)
    case .output(let template)?: found = found.or(yield(of: template, output: .value))
    case .route?, nil: break
    }
    return found
  }

  /// What the operation gives.
  private func result(of job: JobPlan) -> Yield {
    switch job.operation {
    case .invoke(let invocation):
      if invocation.repeatCount != nil { return .value }
      return Yield(invocation.resultType)
    case .wait, .route, .draw, .fail, .tee: return .value
    case .sequence(let steps): return steps.last.map(yield) ?? .value
    case .iterate(let iteration): return yield(of: iteration.body)
    case .filter(let filter): return elements(of: job, isStreaming: filter.isStreaming, single: .value)
    case .map(let loop): return elements(of: job, isStreaming: loop.isStreaming, single: yield(of: loop.body))
    case .fold(let fold): return yield(of: fold.body).or(.value)
    }
  }

  /// - Parameter single: what becomes of a value that is no list.
  private func elements(of job: JobPlan, isStreaming: Bool, single: Yield) -> Yield {
    guard let input = job.input else { return .either }
    if case .list = input.content { return isStreaming ? .stream(isFragmented: false) : .value }
    guard yield(of: input, output: .either) == .value else { return .either }
    return isStreaming ? .either : single.or(.value)
  }

  // MARK: Templates

  private func yield(of template: PlanTemplate, output: Yield) -> Yield {
    switch template.content {
    case .constant, .list, .object: .value
    case .text(let pieces): pieces.count > 1 && pieces.contains(where: \.isLeft) ? .value : .either
    case .reference(let reference): yield(of: reference, output: output)
    case .operation(let operation):
      switch operation {
      case .spreadList, .merge, .split: .value
      case .map, .conditional, .join, .zip: .either
      }
    }
  }

  private func yield(of reference: PlanReference, output: Yield) -> Yield {
    let found: Yield
    switch (reference.root, reference.steps) {
    case ("output", []): found = output
    case ("jobs", let steps) where steps.count == 2 && steps[1] == .key("output"):
      if case .key(let name) = steps[0] { found = jobs[name] ?? .either } else { found = .either }
    default: found = .either
    }
    guard let cast = reference.cast else { return reference.fallback == nil ? found : found.or(.either) }
    switch CastTarget(cast) {
    // Null stays null, which a stream cannot be.
    case .stream: return found.isStream ? .encoded : .either
    case .value: return .value
    case .unchanged: return found
    }
  }
}

/// What a conversion does to a stream.
private enum CastTarget {
  case stream
  case value
  case unchanged

  init(_ cast: PlanCast) {
    if cast.type == "stream" {
      self = .stream
    } else {
      self =
        cast.isPlain && !cast.isList && ["string", "text", "integer", "number", "boolean"].contains(cast.type)
        ? .value : .unchanged
    }
  }
}

extension Yield {
  init(_ type: Type) {
    switch type {
    case .any: self = .either
    case .stream(_, let isFragmented): self = .stream(isFragmented: isFragmented)
    case .encoded: self = .encoded
    case .union(let members):
      let yields = members.map { Yield($0) }
      self = yields.dropFirst().reduce(yields.first ?? .value) { $0.or($1) }
    case .never, .null, .boolean, .integer, .number, .text, .choice, .bytes, .list, .object, .media: self = .value
    }
  }
}

extension PlanPiece {
  fileprivate var isLeft: Bool {
    switch self {
    case .text(let text): !text.isEmpty
    case .environment, .reference: false
    }
  }
}
