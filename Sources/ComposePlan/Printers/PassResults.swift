import ComposeBasic
import ComposeSema

/// What passes have found out about jobs.
extension TextPrinter {
  func appendSharing(of job: JobPlan, to lines: inout PlanLines) {
    var counts = [
      ("input", job.readers.ofInput), ("result", job.readers.ofResult), ("value", job.readers.ofValue),
    ]
    if case .invoke(let invocation) = job.operation { counts.insert(("reply", invocation.resultReaders), at: 1) }
    for (what, count) in counts where count > 1 {
      lines.append("keeps bytes of the \(what) that come only once for \(count) readers")
    }
  }
}

extension JSONPrinter {
  func append(_ readers: Readers, to json: inout JSONWriter) {
    json.object("readers") { json in
      json.member("input", readers.ofInput)
      json.member("result", readers.ofResult)
      json.member("value", readers.ofValue)
    }
  }

  func append(_ pipeline: StreamPipeline, to json: inout JSONWriter) {
    json.object("pipeline") { json in
      json.member("format", pipeline.format.rawValue)
      json.member("display", pipeline.display)
      json.member("encoding", optional: pipeline.encoding?.rawValue)
      if let range = pipeline.encodingRange { appendLocation(range, to: &json) }
    }
  }
}

extension Yield {
  /// As programs read it.
  var keyword: String {
    switch self {
    case .value: "value"
    case .stream: "stream"
    case .encoded: "encoded"
    case .either: "either"
    }
  }
}
