import ComposeBasic

/// What a whole run of a workflow does at most, and what comes first.
extension JSONPrinter {
  func append(_ facts: WorkflowFacts, to json: inout JSONWriter) {
    json.object("critical_path") { json in
      json.strings("jobs", facts.criticalPath.jobs)
      json.member("calls", facts.criticalPath.calls)
      json.number("wait", facts.criticalPath.wait)
    }
    json.object("first_byte") { json in append(facts.firstByte, to: &json) }
    json.object("calls") { json in append(facts.calls, to: &json) }
    json.object("waits") { json in append(facts.waits, to: &json) }
    json.object("side_effects") { json in append(facts.effects, to: &json) }
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

  // MARK: Bounds

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
          appendLocation(reason.range, to: &json)
        }
      }
    }
  }

  // MARK: Effects

  private func append(_ effects: SideEffects, to json: inout JSONWriter) {
    append(effects.hosts, named: "hosts", to: &json) { host, json in
      json.member("scheme", optional: host.scheme)
      json.member("host", host.host)
      if let port = host.port { json.member("port", port) }
    }
    for (name, list) in [
      ("commands", effects.commands), ("files_read", effects.filesRead), ("files_written", effects.filesWritten),
      ("environment", effects.environment), ("workflows", effects.workflows), ("processes", effects.processes),
      ("packages", effects.packages),
    ] {
      append(list, named: name, to: &json) { value, json in json.member("known", value) }
    }
  }

  private func append<Value>(
    _ effects: [Effect<Value>], named name: String, to json: inout JSONWriter,
    known: (Value, inout JSONWriter) -> Void
  ) {
    json.array(name) { json in
      for effect in effects {
        json.object { json in
          switch effect.what {
          case .known(let value): known(value, &json)
          case .atRunTime(let expression): json.member("at_run_time", expression)
          }
          appendLocations(effect.places, named: "ranges", to: &json)
        }
      }
    }
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
