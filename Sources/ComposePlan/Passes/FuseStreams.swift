import ComposeSema

/// Makes one step of what happens to a chunk between the bytes of a reply and the reader of the stream: decode, parse,
/// follow a path, convert, encode.
///
/// The output of a job and of a workflow that only encode the stream (`${output as stream/text}`) become part of the
/// step, and pass on what they get. A value that somebody else may see in between stays as it is.
enum FuseStreams: PlanPass {
  static let name = "fuse-streams"

  static func run(on plan: Plan) -> Plan {
    var copy = plan
    copy.workflows = plan.workflows.map { workflow in
      var workflow = workflow
      for index in workflow.nodes.indices {
        workflow.nodes[index].job = workflow.nodes[index].job.mappingFamily { absorbingOutput(reading($0)) }
      }
      return absorbingOutput(workflow)
    }
    return copy
  }

  private static func reading(_ job: JobPlan) -> JobPlan {
    guard case .invoke(var invocation) = job.operation, invocation.pipeline == nil, invocation.readsChunks,
      !invocation.waitsForCompletion, invocation.sendsRequest, let output = invocation.output
    else { return job }
    invocation.pipeline = StreamPipeline(invocation, output: output)
    var copy = job
    copy.operation = .invoke(invocation)
    return copy
  }

  private static func absorbingOutput(_ job: JobPlan) -> JobPlan {
    guard let output = job.output, case .reference(let reference) = output.content, reference.root == "output",
      reference.steps.isEmpty, let encoding = reference.encoding
    else { return job }
    var copy = job
    copy.output = nil
    return copy.encoding(as: encoding, at: output) ?? job
  }

  private static func absorbingOutput(_ workflow: WorkflowPlan) -> WorkflowPlan {
    guard let output = workflow.output, case .reference(let reference) = output.content, reference.root == "jobs",
      reference.steps.count == 2, case .key(let name) = reference.steps[0], reference.steps[1] == .key("output"),
      let encoding = reference.encoding, let index = workflow.nodes.firstIndex(where: { $0.name == name }),
      !workflow.nodes.contains(where: { $0.job.reads(name) })
    else { return workflow }
    let job = workflow.nodes[index].job
    // What takes the place of the stream when the job fails is encoded here, and would not be there.
    if case .output? = job.onError?.action { return workflow }
    guard job.output == nil, let encoded = job.encoding(as: encoding, at: output) else { return workflow }
    var copy = workflow
    copy.nodes[index].job = encoded
    copy.nodes[index].yield = .encoded
    copy.output = output.with(.reference(reference.withoutCast(source: "${jobs.\(name).output}")))
    return copy
  }
}

extension JobPlan {
  /// The job with its stream encoded at the source; `nil` when somebody sees the stream before.
  fileprivate func encoding(as encoding: Type.Encoding, at template: PlanTemplate) -> JobPlan? {
    guard case .invoke(var invocation) = operation, var pipeline = invocation.pipeline, invocation.repeatCount == nil,
      interrupts.isEmpty, hooks.isEmpty, pipeline.encoding == nil || pipeline.encoding == encoding
    else { return nil }
    if pipeline.encoding == nil { pipeline.encodingRange = template.range }
    pipeline.encoding = encoding
    invocation.pipeline = pipeline
    invocation.resultType = .encoded(encoding)
    var copy = self
    copy.operation = .invoke(invocation)
    copy.outputType = invocation.resultType
    return copy
  }

  /// Whether a template looks at what the job of that name gave.
  fileprivate func reads(_ name: String) -> Bool {
    templates.flatMap(\.references).contains { reference in
      guard reference.root == "jobs" else { return false }
      guard case .key(let job)? = reference.steps.first else { return true }
      return job == name
    }
  }
}

extension PlanReference {
  /// How the look-up encodes what it finds; `nil` when it does anything else.
  fileprivate var encoding: Type.Encoding? {
    guard !isChunk, !hasRootIndex, fallback == nil, let cast, cast.type == "stream", !cast.isList, cast.format == nil,
      cast.attributes.isEmpty
    else { return nil }
    return Type.Encoding(rawValue: cast.subtype ?? "text")
  }

  fileprivate func withoutCast(source: String) -> PlanReference {
    PlanReference(
      root: root, isChunk: isChunk, steps: steps, hasRootIndex: hasRootIndex, cast: nil, fallback: fallback,
      source: source, range: range)
  }
}
