import ComposeBasic

/// Writes a planned request as JSON. Each value says whether it is known; a secret is dots.
struct RequestPrinter {
  let plan: Plan

  func append(_ request: PlannedRequest, to json: inout JSONWriter) {
    json.member("job", request.job)
    json.member("component", request.component)
    json.member("api", optional: request.api)
    json.member("polling", request.isPolling)
    append(request.method, named: "method", to: &json)
    append(.text(request.url), named: "url", to: &json)
    members("query", request.query, to: &json)
    json.array("headers") { json in
      for header in request.headers {
        json.object { json in
          json.member("name", header.name)
          append(header.value, named: "value", to: &json)
          json.member("at", optional: header.range.map { plan.sources.location(of: $0) })
        }
      }
    }
    if let body = request.body {
      json.object("body") { json in
        json.member("form", body.form.rawValue)
        append(body.value, named: "value", to: &json)
        json.member("at", plan.sources.location(of: body.range))
      }
    }
    json.object("timeouts") { json in
      let timeouts = request.timeouts
      for (name, limit) in [
        ("connect", timeouts.connect), ("first_byte", timeouts.firstByte), ("idle", timeouts.idle),
        ("total", timeouts.total),
      ] {
        append(limit, named: name, to: &json)
      }
    }
    json.member("streamed", request.isStreamed)
    json.strings("repeats", request.repeats)
    json.member("at", plan.sources.location(of: request.range))
  }

  private func append(_ limit: RequestTimeouts.Limit, named name: String, to json: inout JSONWriter) {
    switch limit {
    case .seconds(let seconds, _): json.number(name, seconds)
    case .none:
      json.key(name)
      json.null()
    case .atRunTime(let expression): json.object(name) { $0.member("expression", expression) }
    }
  }

  private func members(_ name: String, _ members: [RequestMember], to json: inout JSONWriter) {
    json.array(name) { json in
      for member in members {
        json.object { json in
          json.member("name", member.name)
          append(member.value, named: "value", to: &json)
          json.member("at", plan.sources.location(of: member.range))
        }
      }
    }
  }

  private func append(_ value: RequestValue, named name: String, to json: inout JSONWriter) {
    json.key(name)
    append(value, to: &json)
  }

  private func append(_ value: RequestValue, to json: inout JSONWriter) {
    json.object { json in
      switch value {
      case .known(let constant):
        json.key("known")
        ShellJSON.append(constant, to: &json)
      case .hole(let hole): append(hole, to: &json)
      case .text(let pieces):
        json.array("text") { json in
          for piece in pieces { append(piece, to: &json) }
        }
      case .list(let items):
        json.array("list") { json in
          for item in items { append(item, to: &json) }
        }
      case .object(let members):
        json.object("object") { json in
          for member in members { append(member.value, named: member.name, to: &json) }
        }
      }
    }
  }

  private func append(_ piece: RequestPiece, to json: inout JSONWriter) {
    switch piece {
    case .text(let text): json.string(text)
    case .environment(let value):
      json.object { json in
        json.member("environment", value.name)
        json.member("value", optional: value.value.map { value.isSecret ? Redactor.mark : $0 })
      }
    case .hole(let hole): json.object { append(hole, to: &$0) }
    }
  }

  private func append(_ hole: RequestHole, to json: inout JSONWriter) {
    json.member("expression", hole.source)
    json.member("origin", hole.origin.rawValue)
    json.member("type", optional: hole.type)
    if let fallback = hole.fallback {
      json.key("default")
      ShellJSON.append(fallback, to: &json)
    }
  }
}
