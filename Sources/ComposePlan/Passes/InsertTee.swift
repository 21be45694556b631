import ComposeSema

/// Counts who reads the same value where it may hold bytes that come only once, such as the body of a reply: with more
/// than one reader the run keeps the bytes, so that each of them gets all.
///
/// Readers that exclude each other, because one job leads to one of them, count as one. A reader that may read again
/// counts twice. Streams are not meant: `check` refuses those that are read twice.
enum InsertTee: PlanPass {
  static let name = "insert-tee"

  static func run(on plan: Plan) -> Plan {
    var copy = plan
    for index in copy.workflows.indices {
      let values = ValueReaders(copy.workflows[index])
      let counter = JobReaders(
        jobsWithBytes: Set(copy.workflows[index].nodes.filter(\.job.mayGiveBytes).map(\.name)))
      for node in copy.workflows[index].nodes.indices {
        let job = copy.workflows[index].nodes[node].job
        var counted = counter.counted(job).mappingBodies { body, _ in body.mappingFamily { counter.counted($0) } }
        counted = counter.countedSteps(counted)
        if job.mayGiveBytes { counted.readers.ofValue = values.count(of: node) }
        copy.workflows[index].nodes[node].job = counted
      }
    }
    return copy
  }
}

/// Who reads the same value inside a job.
private struct JobReaders {
  /// The jobs of the workflow that may give bytes.
  let jobsWithBytes: Set<String>

  func counted(_ job: JobPlan) -> JobPlan {
    var copy = job
    copy.readers.ofInput = inputReaders(of: job)
    if let output = job.output, job.resultMayHoldBytes {
      copy.readers.ofResult = max(1, overlapping([output], "output"))
    }
    if case .invoke(var invocation) = job.operation, let output = invocation.output {
      invocation.resultReaders = max(1, overlapping([output], invocation.resultName))
      copy.operation = .invoke(invocation)
    }
    return countedSteps(copy)
  }

  /// Each step but the first sees what the one before gave.
  func countedSteps(_ job: JobPlan) -> JobPlan {
    guard case .sequence(var steps) = job.operation else { return job }
    for index in steps.indices.dropFirst() where steps[index - 1].mayGiveBytes {
      let next = steps[index]
      let given = next.input == nil ? 1 : 0
      steps[index - 1].readers.ofValue = max(1, overlapping(next.templatesBeforeOutput, "output") + given)
    }
    var copy = job
    copy.operation = .sequence(steps)
    return copy
  }

  /// How many readers there are of bytes in what a job works on, each time it runs.
  private func inputReaders(of job: JobPlan) -> Int {
    // What the caller gives can be read again.
    guard let input = job.input else { return 1 }
    func holdsBytes(_ path: ArraySlice<PlanReference.Step>) -> Bool { mayHoldBytes(input, at: path) }
    switch job.operation {
    case .invoke(let invocation):
      let fields = invocation.componentFields.map(\.value) + invocation.actionFields.map(\.value)
      let count = overlapping(fields + [invocation.output].compactMap { $0 }, "input", where: holdsBytes)
      // The jobs of another workflow read as often as they like.
      let isOpen = invocation.workflow != nil && holdsBytes([])
      return max(isOpen ? 2 : 1, invocation.repeatCount == nil ? count : 2 * count)
    case .sequence(let steps):
      let given = holdsBytes([]) ? steps.first.map { $0.input == nil ? 1 : 0 } ?? 0 : 0
      let reads = steps.flatMap(\.templates).flatMap(\.references).filter { $0.root == "input" }
      guard reads.contains(where: { holdsBytes($0.steps[...]) }) else { return 1 }
      return overlapping(steps.flatMap(\.templates), "input", where: holdsBytes) + given
    case .iterate(let iteration):
      let reads = (iteration.body.templates + iteration.condition.templates).flatMap(\.references)
      return reads.contains { $0.root == "input" && holdsBytes($0.steps[...]) } ? 2 : 1
    case .wait, .route, .draw, .filter, .map, .fold, .tee, .fail: return 1
    }
  }

  /// Whether there may be bytes at a path into the value of a template.
  private func mayHoldBytes(_ template: PlanTemplate, at path: ArraySlice<PlanReference.Step>) -> Bool {
    switch template.content {
    case .constant, .text: return false
    case .operation: return true
    case .list(let items): return items.contains { mayHoldBytes($0, at: path.dropFirst()) }
    case .object(let members):
      guard case .key(let name)? = path.first else { return members.contains { mayHoldBytes($0.value, at: []) } }
      return members.contains { $0.key == name && mayHoldBytes($0.value, at: path.dropFirst()) }
    case .reference(let reference):
      if reference.cast?.isPlain == true { return false }
      switch reference.root {
      case "input", "context", "index", "iteration": return false
      case "jobs":
        guard case .key(let name)? = reference.steps.first else { return true }
        return jobsWithBytes.contains(name)
      default: return true
      }
    }
  }

  /// The most look-ups that read the same part of a root.
  private func overlapping(
    _ templates: [PlanTemplate], _ root: String,
    where isMeant: (ArraySlice<PlanReference.Step>) -> Bool = { _ in true }
  ) -> Int {
    let paths = templates.flatMap(\.references).filter { $0.root == root && !$0.isChunk }.map { $0.steps[...] }
      .filter(isMeant)
    return paths.map { path in paths.count { $0.overlaps(path) } }.max() ?? 0
  }
}

extension JobPlan {
  /// Whether what the job gives may be bytes, or hold some.
  fileprivate var mayGiveBytes: Bool {
    if outputType == .any, output == nil { return resultMayHoldBytes }
    return outputType.mayHoldBytes
  }

  /// Whether what its operation gives may be bytes, or hold some.
  fileprivate var resultMayHoldBytes: Bool {
    switch operation {
    case .invoke(let invocation):
      // The body of a reply is bytes as a whole: what stands at a path in it was read already.
      if invocation.resultType == .any, invocation.sendsRequest,
        case .reference(let reference)? = invocation.output?.content, !reference.steps.isEmpty, reference.cast == nil
      {
        return false
      }
      return invocation.resultType.mayHoldBytes
    case .wait, .route, .draw, .tee, .fail: return false
    case .filter, .map, .fold, .iterate, .sequence: return true
    }
  }

  /// The templates of the job itself.
  var templatesWithoutBodies: [PlanTemplate] {
    var found: [PlanTemplate] = []
    _ = mappingTemplates { template, place in
      if place != .component { found.append(template) }
      return template
    }
    return found
  }

  /// Those that still see what the job before gave as `output`.
  fileprivate var templatesBeforeOutput: [PlanTemplate] {
    var copy = self
    copy.output = nil
    return copy.templatesWithoutBodies
  }
}

extension ArraySlice<PlanReference.Step> {
  /// Whether one path leads through the place to which the other one leads.
  func overlaps(_ other: ArraySlice<PlanReference.Step>) -> Bool {
    zip(self, other).allSatisfy { left, right in
      switch (left, right) {
      case (.key(let left), .key(let right)): left == right
      case (.index(let left), .index(let right)): left == right || (left < 0) != (right < 0)
      case (.key, _), (_, .key): false
      default: true
      }
    }
  }
}

extension Type {
  /// Whether a value of the type may be bytes, or hold some.
  fileprivate var mayHoldBytes: Bool {
    switch self {
    case .any, .bytes, .media: true
    case .never, .null, .boolean, .integer, .number, .text, .choice, .stream, .encoded: false
    case .list(let element): element.mayHoldBytes
    case .object(let object): object.members.contains { $0.type.mayHoldBytes } || (object.rest?.mayHoldBytes ?? false)
    case .union(let members): members.contains(where: \.mayHoldBytes)
    }
  }
}
