import ComposeBasic

/// The JSON of one answer, as the OpenAI API lays it out (API reference, "Chat completion object" and "Chat
/// completion chunk object").
struct ChatCompletion {
  let isStream: Bool
  private let id: String
  private let model: String
  private let wantsUsage: Bool
  private let scenario: Scenario

  init(_ request: RecordedRequest, _ number: Int, _ scenario: Scenario) {
    self.scenario = scenario
    id = "chatcmpl-stub\(number)"
    let json = try? request.json
    model = json?["model"]?.string ?? "stub-model"
    wantsUsage = json?["stream_options"]?["include_usage"]?.boolean == true
    if case .unstreamed = scenario.fault { isStream = false } else { isStream = json?["stream"]?.boolean == true }
  }

  // MARK: Events

  var roleEvent: String {
    chunk { delta in
      delta.member("role", "assistant")
      delta.member("content", "")
      delta.key("refusal")
      delta.null()
    }
  }

  func contentEvent(_ content: String) -> String { chunk { $0.member("content", content) } }

  var finishEvent: String { chunk(finishReason: scenario.finishReason) { _ in } }

  /// `nil` unless the request asked for it.
  var usageEvent: String? {
    guard wantsUsage, let usage = scenario.usage else { return nil }
    return object("chat.completion.chunk") { json in
      json.array("choices", { _ in })
      write(usage, to: &json)
    }
  }

  private func chunk(finishReason: String? = nil, delta: (inout JSONWriter) -> Void) -> String {
    object("chat.completion.chunk") { json in
      json.array(
        "choices",
        { json in
          json.object { json in
            json.member("index", 0)
            json.object("delta", delta)
            json.key("logprobs")
            json.null()
            json.key("finish_reason")
            if let finishReason { json.string(finishReason) } else { json.null() }
          }
        })
      guard wantsUsage else { return }
      json.key("usage")
      json.null()
    }
  }

  // MARK: The whole

  /// The answer of a request that did not ask for a stream.
  var whole: String {
    object("chat.completion") { json in
      json.array(
        "choices",
        { json in
          json.object { json in
            json.member("index", 0)
            json.object(
              "message",
              { message in
                message.member("role", "assistant")
                message.member("content", scenario.deltas.joined())
                message.key("refusal")
                message.null()
              })
            json.key("logprobs")
            json.null()
            json.member("finish_reason", scenario.finishReason)
          }
        })
      if let usage = scenario.usage { write(usage, to: &json) }
    }
  }

  private func object(_ kind: String, _ members: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("id", id)
      json.member("object", kind)
      json.member("created", 1_750_000_000)
      json.member("model", model)
      json.member("service_tier", "default")
      json.member("system_fingerprint", "fp_stub")
      members(&json)
    }
    return json.text
  }

  private func write(_ usage: Scenario.Usage, to json: inout JSONWriter) {
    json.object(
      "usage",
      { json in
        json.member("prompt_tokens", usage.promptTokens)
        json.member("completion_tokens", usage.completionTokens)
        json.member("total_tokens", usage.promptTokens + usage.completionTokens)
      })
  }
}
