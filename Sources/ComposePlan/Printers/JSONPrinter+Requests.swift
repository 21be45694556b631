import ComposeBasic

/// Requests as they are sent. Values have the form of templates, with what is known put in.
extension JSONPrinter {
  func append(_ request: PlannedRequest, to json: inout JSONWriter) {
    json.member("component", request.component)
    json.member("caller", optional: request.caller)
    json.member("api", optional: request.api)
    json.member("polling", request.isPolling)
    json.key("method")
    append(request.method, to: &json)
    json.key("url")
    append(.joined(request.url), request.isURLFromInput, at: request.urlRange, to: &json)
    json.array("query") { json in
      for parameter in request.query.byName {
        json.object { json in
          json.member("name", parameter.name)
          json.key("value")
          append(parameter.value, parameter.isFromInput, at: parameter.range, to: &json)
        }
      }
    }
    json.array("headers") { json in
      for header in request.headers.sorted(by: { ($0.name.lowercased(), $0.name) < ($1.name.lowercased(), $1.name) }) {
        json.object { json in
          json.member("name", header.name)
          json.key("value")
          append(header.value, header.isFromInput, at: header.range, to: &json)
          json.member("added", header.range == nil)
        }
      }
    }
    if let body = request.body {
      json.object("body") { json in
        json.member("form", body.form.rawValue)
        json.key("value")
        append(body.value, at: body.range, to: &json)
      }
    }
    append(request.timeouts, to: &json)
    json.member("streamed", request.isStreamed)
    json.strings("repeats", request.repeats)
  }

  private func append(_ timeouts: RequestTimeouts, to json: inout JSONWriter) {
    json.object("timeouts") { json in
      for (name, limit) in [
        ("connect", timeouts.connect), ("first_byte", timeouts.firstByte), ("idle", timeouts.idle),
        ("total", timeouts.total),
      ] where limit != .none {
        json.object(name) { json in
          switch limit {
          case .seconds(let seconds, let isDefault):
            json.number("seconds", seconds)
            json.member("default", isDefault)
          case .atRunTime(let expression): json.member("expression", expression)
          case .none: break
          }
        }
      }
    }
  }

  // MARK: Values

  private func append(
    _ value: RequestValue, _ isFromInput: Bool = false, at range: SourceRange? = nil, to json: inout JSONWriter
  ) {
    json.object { json in
      switch value {
      case .known(let constant):
        json.key("value")
        ShellJSON.append(constant, to: &json)
      case .hole(let hole): appendMembers(of: hole, to: &json)
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
          for member in members.lastByName {
            json.key(member.name)
            append(member.value, member.isFromInput, at: member.range, to: &json)
          }
        }
      }
      json.member("from", ValueMark(value).keyword)
      if isFromInput { json.member("input", true) }
      if case .hole(let hole) = value {
        appendLocation(hole.range, to: &json)
      } else if let range {
        appendLocation(range, to: &json)
      }
    }
  }

  private func append(_ piece: RequestPiece, to json: inout JSONWriter) {
    switch piece {
    case .text(let text): json.string(text)
    case .environment(let value): append(value, to: &json)
    case .hole(let hole):
      json.object { json in
        appendMembers(of: hole, to: &json)
        json.member("from", ValueMark(hole).keyword)
      }
    }
  }

  private func appendMembers(of hole: RequestHole, to json: inout JSONWriter) {
    json.member("expression", hole.source)
    json.member("type", optional: context.type(of: hole))
  }
}
