import ComposeBasic

/// What a job does: `kind` names the operation, the other members are those of its kind.
extension JSONPrinter {
  func append(_ operation: Operation, of job: JobPlan, _ scopes: JobScopes, to json: inout JSONWriter) {
    let scope = scopes.job
    switch operation {
    case .invoke(let invocation): append(invocation, scopes, to: &json)
    case .wait(let wait): append(wait, scope, to: &json)
    case .route(let route): append(route, scope, to: &json)
    case .draw(let draw): append(draw, scope, to: &json)
    case .filter(let filter):
      json.member("kind", "filter")
      append(filter.condition, named: "where", in: scope, to: &json)
      json.member("streaming", filter.isStreaming)
    case .map(let loop):
      json.member("kind", "map")
      json.member("batch_size", loop.batchSize)
      json.member("streaming", loop.isStreaming)
    case .fold(let fold):
      json.member("kind", "fold")
      append(fold.accumulator, named: "accumulator", in: scope, to: &json)
    case .iterate(let loop):
      json.member("kind", "iterate")
      append(loop.condition, named: loop.endsWhenTrue ? "until" : "while", in: scopes.inner(of: job), to: &json)
      json.member("limit", loop.limit)
    case .sequence: json.member("kind", "sequence")
    case .tee(let tee):
      json.member("kind", "tee")
      json.array("branches") { json in
        for branch in tee.branches { json.string(branch) }
      }
      json.member("buffer_size", tee.bufferSize)
      json.member("spooled", tee.isSpooled)
    case .fail(let message):
      json.member("kind", "fail")
      json.member("message", message)
    }
    let bodies = job.bodies
    guard !bodies.isEmpty else { return }
    json.array("jobs") { json in
      for (index, body) in bodies.enumerated() { append(body, scopes.inside(job, at: index), to: &json) }
    }
  }

  private func append(_ invocation: Invocation, _ scopes: JobScopes, to json: inout JSONWriter) {
    json.member("kind", "invoke")
    json.member("component", invocation.component)
    json.member("type", invocation.type)
    json.member("action", invocation.action)
    json.member("api", optional: invocation.api)
    json.member("workflow", optional: invocation.workflow)
    appendLocation(invocation.range, to: &json)
    append(invocation.repeatCount, named: "repeat_count", in: scopes.job, to: &json)
    json.member("concurrency_limit", invocation.concurrencyLimit)
    append(invocation.componentFields, named: "component_fields", in: scopes.component, to: &json)
    append(invocation.actionFields, named: "action_fields", in: scopes.component, to: &json)
    append(invocation.tools, to: &json)
    json.member("result_name", invocation.resultName)
    append(invocation.output, named: invocation.readsChunks ? "each_chunk" : "result", in: scopes.component, to: &json)
    if let pipeline = invocation.pipeline { append(pipeline, to: &json) }
    if invocation.resultReaders > 1 { json.member("readers", invocation.resultReaders) }
    json.member("gives", invocation.resultType.canonicalDescription)
  }

  private func append(_ fields: [PlanField], named name: String, in scope: MarkScope, to json: inout JSONWriter) {
    json.object(name) { json in
      for (index, field) in fields.enumerated()
      where !fields[(index + 1)...].contains(where: { $0.name.value == field.name.value }) {
        append(field.value, named: field.name.value, in: scope, to: &json)
      }
    }
  }

  private func append(_ wait: Wait, _ scope: MarkScope, to json: inout JSONWriter) {
    json.member("kind", "wait")
    switch wait {
    case .interval(let interval):
      append(interval, named: "interval", in: scope, to: &json)
      if let seconds = interval.knownSeconds, seconds.isFinite {
        json.key("seconds")
        json.raw(Int(exactly: seconds).map(String.init) ?? seconds.description)
      }
    case .until(let time, let zone):
      append(time, named: "until", in: scope, to: &json)
      append(zone, named: "time_zone", in: scope, to: &json)
    }
  }

  private func append(_ route: Route, _ scope: MarkScope, to json: inout JSONWriter) {
    json.member("kind", "route")
    json.array("arms") { json in
      for arm in route.arms {
        json.object { json in
          json.member("operator", arm.method.name)
          append(arm.value, named: "value", in: scope, to: &json)
          append(arm.ifTrue, named: "if_true", to: &json)
          append(arm.ifFalse, named: "if_false", to: &json)
          appendLocation(arm.range, to: &json)
        }
      }
    }
    append(route.otherwise, named: "otherwise", to: &json)
  }

  private func append(_ draw: Draw, _ scope: MarkScope, to json: inout JSONWriter) {
    json.member("kind", "draw")
    json.member("weighted", draw.isWeighted)
    json.array("choices") { json in
      for (choice, share) in zip(draw.choices, draw.shares) {
        json.object { json in
          append(choice.target, named: "to", to: &json)
          if let weight = choice.weight, weight.isFinite {
            json.key("weight")
            json.raw(weight.description)
          }
          json.key("share")
          json.raw(share.description)
        }
      }
    }
    append(draw.session, named: "session", in: scope, to: &json)
    append(draw.salt, named: "salt", in: scope, to: &json)
  }
}
