import ComposeBasic
import ComposeHTTP

extension StubConnection {
  /// Answers one request as the scenario says.
  mutating func answer(_ request: RecordedRequest, _ number: Int, _ scenario: Scenario) throws(End) {
    if case .answer(let status, let headers, let body) = scenario.fault {
      return try sendWhole(status: status, headers: headers, body: body)
    }
    let path = request.path.prefix { $0 != "?" }
    guard request.method == "POST", path.hasSuffix("/chat/completions") else {
      let body =
        #"{"error":{"message":"Unknown request URL: \#(request.method) \#(path).","#
        + #""type":"invalid_request_error","param":null,"code":"unknown_url"}}"#
      return try sendWhole(status: 404, headers: [.json], body: body)
    }
    if case .stalledBeforeHead = scenario.fault { try wait() }
    let completion = ChatCompletion(request, number, scenario)
    if completion.isStream {
      try stream(completion, number, scenario)
    } else {
      try sendWhole(status: 200, headers: [.json], body: completion.whole)
    }
  }

  // MARK: Streams

  private mutating func stream(_ completion: ChatCompletion, _ number: Int, _ scenario: Scenario) throws(End) {
    let head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n"
      + "x-request-id: req_stub\(number)\r\nTransfer-Encoding: chunked\r\n\r\n"
    try send(Array(head.utf8), scenario.framing)
    try sendEvent(completion.roleEvent, scenario.framing)
    for (sent, delta) in scenario.deltas.enumerated() {
      if try apply(scenario.fault, afterChunks: sent, scenario.framing) { return }
      switch scenario.pacing {
      case .immediate: break
      case .every(let delay): if sent > 0 { try wait(until: monotonicNanoseconds() + delay.inNanoseconds) }
      case .gated: try wait { $0.isOpen || $0.released[number, default: 0] > sent }
      }
      // Noted first: who has received the chunk must find it in the record.
      let time = monotonicNanoseconds()
      core.record.update { $0.chunks[number, default: []].append(time) }
      try sendEvent(completion.contentEvent(delta), scenario.framing)
    }
    if try apply(scenario.fault, afterChunks: scenario.deltas.count, scenario.framing) { return }
    try sendEvent(completion.finishEvent, scenario.framing)
    if let usage = completion.usageEvent { try sendEvent(usage, scenario.framing) }
    try sendEvent("[DONE]", scenario.framing)
    // A client may leave at `[DONE]`; that is no abort.
    do throws(End) { try send(Array("0\r\n\r\n".utf8), scenario.framing) } catch {}
  }

  /// Does what goes wrong at this point of the stream, if anything; `true` when the body has ended by that.
  private mutating func apply(
    _ fault: Scenario.Fault?, afterChunks sent: Int, _ framing: Scenario.Framing
  ) throws(End) -> Bool {
    switch fault {
    case .reset(sent):
      makeCloseReset()
      throw .ours
    case .closed(sent): throw .ours
    case .truncated(sent):
      try send(Array("0\r\n\r\n".utf8), framing)
      return true
    case .malformed(sent):
      try sendEvent(#"{"id":"chatcmpl-stub","object":"chat.comp"#, framing)
      return false
    case .errorEvent(sent, let message):
      var json = JSONWriter(.compact)
      json.object { json in
        json.object(
          "error",
          { json in
            json.member("message", message)
            json.member("type", "server_error")
            json.key("param")
            json.null()
            json.key("code")
            json.null()
          })
      }
      try sendEvent(json.text, framing)
      try send(Array("0\r\n\r\n".utf8), framing)
      return true
    case .stalled(sent):
      try wait()
      return true
    case .stalled, .reset, .closed, .truncated, .malformed, .errorEvent, .answer, .unstreamed, .stalledBeforeHead, nil:
      return false
    }
  }

  private mutating func sendEvent(_ data: String, _ framing: Scenario.Framing) throws(End) {
    let lineEnd =
      switch framing {
      case .carriageReturns: "\r\n"
      case .plain, .singleBytes: "\n"
      }
    let event = "data: \(data)\(lineEnd)\(lineEnd)"
    let chunk = String(event.utf8.count, radix: 16) + "\r\n" + event + "\r\n"
    try send(Array(chunk.utf8), framing)
  }

  private mutating func send(_ bytes: [UInt8], _ framing: Scenario.Framing) throws(End) {
    switch framing {
    case .plain, .carriageReturns: try send(bytes)
    case .singleBytes: for byte in bytes { try send([byte]) }
    }
  }

  // MARK: Whole answers

  private mutating func sendWhole(status: Int, headers: [HTTPField], body: String) throws(End) {
    var head = "HTTP/1.1 \(status) \(status < 400 ? "OK" : "Error")\r\n"
    for header in headers { head += "\(header.name): \(header.value)\r\n" }
    head += "Content-Length: \(body.utf8.count)\r\n\r\n"
    try send(Array((head + body).utf8))
  }
}

extension Duration {
  fileprivate var inNanoseconds: UInt64 {
    UInt64(components.seconds) * 1_000_000_000 + UInt64(components.attoseconds / 1_000_000_000)
  }
}
