import ComposeBasic

/// A job, at any depth: what it does, and what happens around that.
extension JSONPrinter {
  func append(_ job: JobPlan, _ scopes: JobScopes, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", job.name)
      json.member("title", optional: job.title)
      json.member("kind", job.kind)
      appendLocation(job.range, to: &json)
      append(job.input, named: "input", in: scopes.job, to: &json)
      json.object("operation") { json in append(job.operation, of: job, scopes, to: &json) }
      if !scopes.requests.isEmpty {
        json.array("requests") { json in
          for request in scopes.requests {
            json.object { json in append(request, to: &json) }
          }
        }
      }
      append(job.output, named: "output", in: scopes.job, to: &json)
      if !job.interrupts.isEmpty {
        json.array("interrupts") { json in
          for interrupt in job.interrupts { append(interrupt, scopes.job, to: &json) }
        }
      }
      if !job.hooks.isEmpty {
        json.array("hooks") { json in
          for hook in job.hooks { append(hook, to: &json) }
        }
      }
      append(job.timeout, named: "timeout", in: scopes.job, to: &json)
      if let retry = job.retry { append(retry, scopes.job, to: &json) }
      if let handling = job.onError { append(handling, scopes.job, to: &json) }
      json.member("gives", job.outputType.canonicalDescription)
      if job.readers.isShared { append(job.readers, to: &json) }
    }
  }

  private func append(_ interrupt: Interrupt, _ scope: MarkScope, to json: inout JSONWriter) {
    json.object { json in
      json.member("phase", interrupt.phase.rawValue)
      if let condition = interrupt.condition {
        json.key("when")
        append(.comparison(condition), in: scope, to: &json)
      }
      append(interrupt.message, named: "message", in: scope, to: &json)
      append(interrupt.metadata, named: "metadata", in: scope, to: &json)
      json.member("replaces", interrupt.phase == .before ? "input" : "result")
      appendLocation(interrupt.range, to: &json)
    }
  }

  private func append(_ hook: Hook, to json: inout JSONWriter) {
    json.object { json in
      json.member("phase", hook.phase.rawValue)
      json.member("language", "python")
      json.member("script", hook.script)
      json.member("runs", false)
      appendLocation(hook.range, to: &json)
    }
  }

  private func append(_ retry: Retry, _ scope: MarkScope, to json: inout JSONWriter) {
    json.object("retry") { json in
      json.member("attempts", retry.attempts)
      append(retry.delay, named: "delay", in: scope, to: &json)
      json.member("backoff", retry.isExponential ? "exponential" : "fixed")
      append(retry.longestDelay, named: "max_delay", in: scope, to: &json)
      appendLocation(retry.range, to: &json)
    }
  }

  private func append(_ handling: FailureHandling, _ scope: MarkScope, to json: inout JSONWriter) {
    json.object("on_error") { json in
      switch handling.action {
      case .ignore: json.member("gives", "null")
      case .output(let template):
        json.member("gives", "output")
        append(template, named: "output", in: scope, to: &json)
      case .route(let target):
        json.member("gives", "route")
        append(target, named: "to", to: &json)
      }
      appendLocation(handling.range, to: &json)
    }
  }

  /// Another job of the workflow.
  func append(_ target: JobTarget?, named name: String, to json: inout JSONWriter) {
    guard let target else { return }
    json.object(name) { json in
      json.member("node", target.node.index)
      json.member("job", target.name)
      appendLocation(target.range, to: &json)
    }
  }
}
