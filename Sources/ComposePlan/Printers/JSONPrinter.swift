import ComposeBasic
import ComposeSema

/// Prints a plan for programs. The shape is `docs/plan.schema.json`.
struct JSONPrinter {
  let context: PrintContext

  init(_ context: PrintContext) { self.context = context }

  func print(_ workflows: [WorkflowPlan]) -> String {
    var json = JSONWriter()
    json.object { json in
      json.member("format_version", Plan.formatVersion)
      if let identity = context.options.identity {
        json.member("identity_version", PlanIdentity.version)
        json.member("hash", identity.configuration.description)
      }
      json.array("workflows") { json in
        for workflow in workflows { append(workflow, to: &json) }
      }
      json.object("serving") { json in
        append(context.plan.serving, to: &json)
        append(context.plan.listeners, to: &json)
      }
      json.array("environment") { json in
        for need in context.plan.environment { append(need, to: &json) }
      }
    }
    return json.text + "\n"
  }

  // MARK: Workflow

  private func append(_ workflow: WorkflowPlan, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", workflow.id)
      json.member("title", optional: workflow.title)
      json.member("description", optional: workflow.description)
      json.member("default", workflow.id == context.plan.defaultWorkflow?.id)
      json.member("private", workflow.isPrivate)
      json.member("hash", optional: context.hash(of: workflow)?.description)
      appendLocation(workflow.range, to: &json)
      json.array("inputs") { json in
        let defaults = DefaultPlaces(workflow)
        for input in workflow.inputs.byName { append(input, defaults[input], to: &json) }
      }
      let sent = SentValues(workflow)
      json.array("nodes") { json in
        for node in workflow.nodes { append(node, of: workflow, JobScopes(node, sent: sent), to: &json) }
      }
      append(workflow.output, named: "output", in: .workflow, to: &json)
      append(workflow.timeout, named: "timeout", in: .workflow, to: &json)
      json.member("returns", workflow.outputType.canonicalDescription)
      json.member("streaming", workflow.isStreaming)
      if let facts = WorkflowFacts(workflow, in: context.plan) { append(facts, to: &json) }
    }
  }

  private func append(_ input: InputVariable, _ defaultPlace: SourceRange?, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", optional: input.name)
      json.member("type", input.type)
      json.member("is_list", input.isList)
      json.member("subtype", optional: input.subtype)
      json.member("format", optional: input.format)
      if !input.attributes.isEmpty {
        json.object("attributes") { json in
          for attribute in input.attributes.lastOfEachName { json.member(attribute.name, attribute.text) }
        }
      }
      json.values("options", input.options)
      if let fallback = input.fallback, !fallback.isComputed {
        json.key("default")
        json.value(fallback.value)
      }
      json.member("default_template", optional: input.fallback.flatMap { $0.isComputed ? $0.text : nil })
      if let defaultPlace { appendLocation(defaultPlace, named: "default_range", to: &json) }
      json.member("required", input.isRequired)
      json.member("description", optional: input.description)
      appendLocation(input.range, to: &json)
    }
  }

  private func append(_ node: Node, of workflow: WorkflowPlan, _ scopes: JobScopes, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", node.id.index)
      json.member("stage", node.stage)
      json.array("after") { json in
        for group in node.after {
          json.array { json in
            for id in group { json.integer(id.index) }
          }
        }
      }
      json.member("routed", node.isRouted)
      json.array("routed_by") { json in
        for other in workflow.nodes where other.job.targets.contains(where: { $0.node == node.id }) {
          json.integer(other.id.index)
        }
      }
      json.member("max_run_count", node.maxRunCount)
      json.member("terminal", node.isTerminal)
      json.member("critical", node.isCritical)
      json.member("yields", node.yield.keyword)
      json.member("hash", optional: context.hash(of: node, in: workflow)?.description)
      json.key("job")
      append(node.job, scopes, to: &json)
    }
  }

  // MARK: Around the workflows

  private func append(_ serving: ServingPlan, to json: inout JSONWriter) {
    for (name, address) in [("api", serving.api), ("web_ui", serving.webUI)] {
      guard let address else { continue }
      json.object(name) { json in
        json.member("host", address.host)
        json.member("port", address.port)
      }
    }
    json.member("web_pages", optional: serving.webPages?.folder)
    json.member("base_path", serving.basePath)
    json.array("origins") { json in
      for origin in serving.origins { json.string(origin) }
    }
    if serving.needsAdapters { append(serving.apis, to: &json) }
    if serving.runLimit > 0 { json.member("max_concurrent_count", serving.runLimit) }
    if serving.shutdownPending > 0 { json.member("shutdown_pending_period", seconds: serving.shutdownPending) }
    if serving.shutdownTimeout != ServingPlan.standardShutdownTimeout {
      json.member("shutdown_timeout", seconds: serving.shutdownTimeout)
    }
    if !serving.refused.isEmpty {
      json.array("refused") { json in
        for part in serving.refused { json.string(part.value) }
      }
    }
  }

  private func append(_ apis: [ServingPlan.API], to json: inout JSONWriter) {
    json.array("adapters") { json in
      for api in apis {
        json.object { json in
          json.member("host", api.address.host)
          json.member("port", api.address.port)
          json.member("base_path", api.basePath)
          json.array("origins") { json in
            for origin in api.origins { json.string(origin) }
          }
          append(api.staticMounts, to: &json)
          guard let webSocket = api.webSocket else { return }
          json.object("websocket") { json in
            json.member("path", webSocket.path)
            if let limit = webSocket.connectionLimit { json.member("max_connection_count", limit) }
            json.member("ping_interval", seconds: webSocket.pingInterval)
            json.member("ping_timeout", seconds: webSocket.pingTimeout)
          }
        }
      }
    }
  }

  private func append(_ mounts: [StaticMount], to json: inout JSONWriter) {
    guard !mounts.isEmpty else { return }
    json.array("static") { json in
      for mount in mounts {
        json.object { json in
          json.member("path", mount.path)
          json.member("base_dir", mount.folder)
          json.member("index", optional: mount.index.file)
        }
      }
    }
  }

  private func append(_ listeners: [ListenerPlan], to json: inout JSONWriter) {
    guard !listeners.isEmpty else { return }
    json.array("callbacks") { json in
      for listener in listeners {
        json.object { json in
          json.member("host", listener.address.host)
          json.member("port", listener.address.port)
          appendLocation(listener.range, to: &json)
          json.array("paths") { json in
            for callback in listener.callbacks { append(callback, to: &json) }
          }
        }
      }
    }
  }

  private func append(_ callback: CallbackPlan, to json: inout JSONWriter) {
    json.object { json in
      json.member("path", callback.path)
      json.member("method", callback.method)
      appendLocation(callback.range, to: &json)
    }
  }

  private func append(_ need: EnvironmentNeed, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", need.name)
      json.member("set", need.origin != nil && need.origin != "default")
      json.member("origin", optional: need.origin)
      json.member("secret", need.isSecret)
      json.member("value", optional: need.isSecret ? nil : need.value)
      appendLocations(need.uses, named: "uses", to: &json)
    }
  }

  /// The place in the file: `range` with start and end.
  func appendLocation(_ range: SourceRange, named name: String = "range", to json: inout JSONWriter) {
    guard context.options.locations else { return }
    json.object(name) { json in appendMembers(of: range, to: &json) }
  }

  /// Several places, in the order of the file.
  func appendLocations(_ ranges: [SourceRange], named name: String, to json: inout JSONWriter) {
    guard context.options.locations else { return }
    json.array(name) { json in
      for range in ranges {
        json.object { json in appendMembers(of: range, to: &json) }
      }
    }
  }

  private func appendMembers(of range: SourceRange, to json: inout JSONWriter) {
    let file = context.plan.sources[range.file]
    json.member("file", file.path)
    for (name, offset) in [("start", range.start), ("end", range.end)] {
      let position = file.lines.position(at: Int(offset))
      json.object(name) { json in
        json.member("line", position.line)
        json.member("column", position.column)
        json.member("offset", position.offset)
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ name: String, seconds: Double) {
    key(name)
    raw(Int(exactly: seconds).map { String($0) } ?? seconds.description)
  }
}
