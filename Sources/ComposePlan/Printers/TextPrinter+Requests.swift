import ComposeBasic
import ComposeSema

/// Requests as they are sent: method and address in a line, the rest as rows below it.
extension TextPrinter {
  /// - Parameter sent: what is said once for all requests of the workflow.
  func append(_ request: PlannedRequest, besides sent: SentValues, to lines: inout PlanLines) {
    if let caller = request.caller {
      lines.append("as often as \(safeText(caller)) asks, \(safeText(request.component)):")
    }
    if request.isPolling { lines.append("then again and again, until the work is done:") }
    let address = context.redactor.redact("\(request.methodText) \(safeText(request.url.map(\.display).joined()))")
    let notes = (request.api.map { " · \($0)" } ?? "") + (request.isStreamed ? " · streams" : "")
    lines.table([
      PlanLines.Row(cells: [
        address + notes, types(in: .text(request.url)),
        mark(
          ValueMark(request.url), isFromInput: request.isURLFromInput, RequestValue.text(request.url).allVariables),
        context.location(request.urlRange),
      ])
    ])
    var rows: [PlanLines.Row] = []
    for parameter in request.query.byName { append(parameter, below: "query", to: &rows) }
    let headers = request.headers.sorted { ($0.name.lowercased(), $0.name) < ($1.name.lowercased(), $1.name) }
    for header in headers {
      guard let range = header.range else { continue }
      append(
        RequestMember(name: header.name, value: header.value, range: range, isFromInput: header.isFromInput),
        below: "headers", to: &rows)
    }
    if let body = request.body { append(body.value, named: body.name, at: body.range, to: &rows) }
    let added = headers.filter { $0.range == nil && sent.headers[$0.name] == nil }.map(\.display)
    if !added.isEmpty {
      rows.append(PlanLines.Row(cells: ["and headers", added.joined(separator: ", "), "", "default"]))
    }
    if request.timeouts != sent.timeouts { append(request.timeouts, to: &rows) }
    lines.indented { $0.table(rows) }
  }

  private func append(_ timeouts: RequestTimeouts, to rows: inout [PlanLines.Row]) {
    rows.append(
      PlanLines.Row(cells: [
        "timeouts", safeText(context.redactor.redact(timeouts.display)), "", timeouts.isDefault ? "default" : "",
      ]))
  }

  /// What is the same for all requests of a workflow, unless they say otherwise.
  func rows(of sent: SentValues) -> [[String]] {
    let headers = sent.headers.sorted { $0.key < $1.key }.map { name, value in
      "\(name): \(value)\(name == "Content-Type" ? " (JSON bodies)" : "")"
    }
    let parts = [
      sent.timeouts.map { "timeouts \($0.display)" }, headers.isEmpty ? nil : headers.joined(separator: ", "),
    ]
    let text = parts.compactMap { $0 }.joined(separator: "; ")
    return text.isEmpty ? [] : [["defaults", safeText(text)]]
  }

  /// The fields of the call that are not part of a request.
  func appendFields(
    of invocation: Invocation, _ scopes: JobScopes, to rows: inout [PlanLines.Row]
  ) {
    let used = scopes.requests.filter { $0.caller == nil }.reduce(into: Set()) { $0.formUnion($1.fields) }
    var folded: Set<String> = ["max_concurrent_count"]
    if invocation.pipeline != nil { folded.insert("stream_format") }
    // They have lines of their own.
    if invocation.workflow != nil { folded.insert("workflow") }
    if !invocation.tools.isEmpty { folded.insert("tools") }
    for (owner, fields) in [
      (PlacedShape.Owner.component, invocation.componentFields), (.action, invocation.actionFields),
    ] {
      for field in fields where !folded.contains(field.name.value) {
        append(field.value, at: [field.name.value], of: owner, besides: used, scopes, to: &rows)
      }
    }
  }

  private func append(
    _ template: PlanTemplate, at path: [String], of owner: PlacedShape.Owner, besides used: Set<PlannedRequest.Field>,
    _ scopes: JobScopes, to rows: inout [PlanLines.Row]
  ) {
    if used.contains(PlannedRequest.Field(owner: owner, path: path)) { return }
    if case .object(let members) = template.content,
      used.contains(where: { $0.owner == owner && $0.path.starts(with: path) })
    {
      for member in members.byName {
        append(member.value, at: path + [member.key], of: owner, besides: used, scopes, to: &rows)
      }
    } else if let scope = scopes.fields {
      append(
        scope.value(of: template), named: path.joined(separator: "."), at: template.range,
        isFromInput: scope.isFromInput(template), to: &rows)
    } else {
      append(template, named: path.joined(separator: "."), in: scopes.component, to: &rows)
    }
  }
}

extension PlannedRequest {
  /// `POST`, or the expression that decides.
  var methodText: String { RequestPiece.display(of: method) }

  /// The method and where it goes, without scheme and query: `POST api.openai.com/v1/chat/completions`.
  var shortText: String {
    var address = url.map(\.display).joined()
    if let scheme = address.firstRange(of: "://"), address[..<scheme.lowerBound].allSatisfy(\.isLetter) {
      address = String(address[scheme.upperBound...])
    }
    // An expression may have these characters inside.
    let end = address.contains("${") ? nil : address.firstIndex { $0 == "?" || $0 == "#" }
    return "\(methodText) \(end.map { String(address[..<$0]) } ?? address)"
  }
}

extension RequestBody {
  /// `body`, and its form where that is not JSON.
  fileprivate var name: String {
    switch form {
    case .json, .open: "body"
    case .form: "body (form)"
    case .multipart: "body (multipart form)"
    case .text: "body (text)"
    }
  }
}

extension RequestHeader {
  /// `Accept: */*`.
  fileprivate var display: String { "\(name): \(RequestPiece.display(of: value))" }
}

extension RequestTimeouts {
  /// `connect 10 s, first byte 5 min, idle 2 min`.
  fileprivate var display: String {
    let limits = [("connect", connect), ("first byte", firstByte), ("idle", idle), ("total", total)]
    let texts = limits.compactMap { name, limit -> String? in
      switch limit {
      case .seconds(let seconds, let mark): "\(name) \(humanDuration(seconds))\(mark && !isDefault ? " (default)" : "")"
      case .atRunTime(let expression): "\(name) \(expression)"
      case .none: nil
      }
    }
    return texts.isEmpty ? "none" : texts.joined(separator: ", ")
  }
}
