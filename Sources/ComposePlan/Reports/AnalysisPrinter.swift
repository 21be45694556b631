import ComposeBasic

/// Prints everything that the analyses found as JSON, for programs.
struct AnalysisPrinter {
  let plan: Plan

  func print(_ workflows: [WorkflowPlan]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("format_version", Plan.formatVersion)
      json.array("workflows") { json in
        for workflow in workflows { append(workflow, to: &json) }
      }
    }
    return json.text + "\n"
  }

  private func append(_ workflow: WorkflowPlan, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", workflow.id)
      json.object("calls") { json in append(callBound(of: workflow, in: plan), to: &json) }
      json.object("longest_wait") { json in append(waitBound(of: workflow, in: plan), to: &json) }
      json.object("first_byte") { json in append(firstByte(of: workflow, in: plan), to: &json) }
      json.object("critical_path") { json in
        let path = criticalPath(of: workflow, in: plan)
        json.strings("jobs", path.jobs)
        json.member("calls", path.calls)
        json.number("wait", path.wait)
      }
      json.object("side_effects") { json in append(sideEffects(of: workflow, in: plan), to: &json) }
      json.array("requests") { json in
        for request in plannedRequests(of: workflow) {
          json.object { RequestPrinter(plan: plan).append(request, to: &$0) }
        }
      }
    }
  }

  private func append(_ bound: CallBound, to json: inout JSONWriter) {
    append(bound.total, to: &json)
    json.array("jobs") { json in
      for job in bound.jobs where !job.bound.isZero {
        json.object { json in
          json.member("job", job.name)
          append(job.bound, to: &json)
        }
      }
    }
  }

  private func append(_ bound: UpperBound, to json: inout JSONWriter) {
    switch bound {
    case .atMost(let count): json.member("at_most", count)
    case .none(let reasons): append(reasons, to: &json)
    }
  }

  private func append(_ bound: TimeBound, to json: inout JSONWriter) {
    switch bound {
    case .atMost(let seconds): json.number("at_most", seconds)
    case .none(let reasons): append(reasons, to: &json)
    }
  }

  private func append(_ reasons: [UpperBound.Reason], to json: inout JSONWriter) {
    json.array("no_bound") { json in
      for reason in reasons {
        json.object { json in
          json.member("because", reason.text)
          json.member("at", plan.sources.location(of: reason.range))
        }
      }
    }
  }

  private func append(_ first: FirstByte, to json: inout JSONWriter) {
    json.member("streams", first.streams)
    json.array("outcomes") { json in
      for outcome in first.outcomes {
        json.object { json in
          switch outcome.start {
          case .stream(let job): json.member("stream_of", job)
          case .workflow(let job, let id):
            json.member("stream_of", job)
            json.member("workflow", id)
          case .whole: json.member("whole", true)
          }
          json.strings("after", outcome.after)
          json.array("after_one_of") { json in
            for group in outcome.afterOneOf {
              json.array { json in for job in group { json.string(job) } }
            }
          }
          json.strings("read_whole", outcome.readWhole)
        }
      }
    }
    json.strings("unneeded", first.unneeded)
  }

  // MARK: Effects

  private func append(_ effects: SideEffects, to json: inout JSONWriter) {
    json.array("hosts") { json in
      for effect in effects.hosts {
        json.object { json in
          switch effect.what {
          case .known(let host):
            json.member("scheme", optional: host.scheme)
            json.member("host", host.host)
            if let port = host.port { json.member("port", port) }
          case .atRunTime(let expression): json.member("at_run_time", expression)
          }
          append(effect.places, to: &json)
        }
      }
    }
    for (name, list) in [
      ("commands", effects.commands), ("files_read", effects.filesRead), ("files_written", effects.filesWritten),
      ("environment", effects.environment), ("workflows", effects.workflows), ("processes", effects.processes),
      ("packages", effects.packages),
    ] {
      json.array(name) { json in
        for effect in list {
          json.object { json in
            switch effect.what {
            case .known(let value): json.member("known", value)
            case .atRunTime(let expression): json.member("at_run_time", expression)
            }
            append(effect.places, to: &json)
          }
        }
      }
    }
  }

  private func append(_ places: [SourceRange], to json: inout JSONWriter) {
    json.strings("at", places.map { plan.sources.location(of: $0) })
  }
}

extension JSONWriter {
  mutating func strings(_ name: String, _ values: [String]) {
    array(name) { json in for value in values { json.string(value) } }
  }

  mutating func number(_ name: String, _ value: Double) {
    key(name)
    raw(value.isFinite ? Int(exactly: value).map(String.init) ?? String(value) : "null")
  }
}
