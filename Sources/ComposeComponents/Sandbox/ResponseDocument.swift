import ComposeRuntime

/// A response of OpenAI's responses API, whole and as events.
struct ResponseDocument {
  let id: String
  let model: String
  let reply: SandboxReply
  let promptTokens: Int
  var status = "completed"

  var document: Value { document(status: status, output: status == "completed" ? items : []) }

  var events: [SandboxAnswer.Piece] {
    var events: [SandboxAnswer.Piece] = []
    func add(_ type: String, _ members: OrderedObject, isPaced: Bool = false) {
      var event: OrderedObject = ["type": .text(type), "sequence_number": .integer(events.count)]
      for member in members { event[member.key] = member.value }
      events.append(.event(type, .object(event), isPaced: isPaced))
    }
    for type in ["response.created", "response.in_progress"] {
      add(type, ["response": document(status: "in_progress", output: [])])
    }
    for (index, item) in items.enumerated() {
      let place: OrderedObject = ["output_index": .integer(index), "item_id": item.member("id")]
      add("response.output_item.added", ["output_index": .integer(index), "item": started(item)])
      switch reply {
      case .text(let pieces):
        let part = place.merged(["content_index": .integer(0)])
        add("response.content_part.added", part.merged(["part": content("")]))
        for piece in pieces {
          add("response.output_text.delta", part.merged(["delta": .text(piece)]), isPaced: true)
        }
        add("response.output_text.done", part.merged(["text": .text(pieces.joined())]))
        add("response.content_part.done", part.merged(["part": content(pieces.joined())]))
      case .calls(let calls):
        for piece in calls[index].pieces {
          add("response.function_call_arguments.delta", place.merged(["delta": .text(piece)]), isPaced: true)
        }
        add(
          "response.function_call_arguments.done",
          place.merged(["name": .text(calls[index].name), "arguments": .text(calls[index].arguments.jsonText)]))
      }
      add("response.output_item.done", ["output_index": .integer(index), "item": item])
    }
    add("response.completed", ["response": document(status: "completed", output: items)])
    return events
  }

  private var items: [Value] {
    switch reply {
    case .text(let pieces):
      return [
        .object([
          "id": .text("msg_sandbox"), "type": .text("message"), "status": .text("completed"),
          "role": .text("assistant"), "content": .list([content(pieces.joined())]),
        ])
      ]
    case .calls(let calls):
      return calls.enumerated().map { index, call in
        .object([
          "id": .text("fc_sandbox_\(index + 1)"), "type": .text("function_call"), "status": .text("completed"),
          "call_id": .text("call_sandbox_\(index + 1)"), "name": .text(call.name),
          "arguments": .text(call.arguments.jsonText),
        ])
      }
    }
  }

  /// An item before anything of it has come.
  private func started(_ item: Value) -> Value {
    guard case .object(var object) = item else { return item }
    object["status"] = .text("in_progress")
    if object["content"] != nil { object["content"] = .list([]) }
    if object["arguments"] != nil { object["arguments"] = .text("") }
    return .object(object)
  }

  private func content(_ text: String) -> Value {
    .object(["type": .text("output_text"), "text": .text(text), "annotations": .list([])])
  }

  private func document(status: String, output: [Value]) -> Value {
    let isDone = status == "completed"
    let usage: OrderedObject = [
      "input_tokens": .integer(promptTokens), "output_tokens": .integer(reply.tokenCount),
      "total_tokens": .integer(promptTokens + reply.tokenCount),
    ]
    return .object([
      "id": .text(id), "object": .text("response"), "created_at": .integer(0), "status": .text(status),
      "error": .null, "model": .text(model), "output": .list(output), "usage": isDone ? .object(usage) : .null,
    ])
  }
}

extension OrderedObject {
  fileprivate func merged(_ more: OrderedObject) -> OrderedObject {
    var copy = self
    for member in more { copy[member.key] = member.value }
    return copy
  }
}
