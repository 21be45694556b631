import ComposeTestSupport

/// Stands for all providers that the examples call.
enum ExampleProvider {
  /// The answer by the path, in the form of its API.
  @Sendable static func scenario(_ number: Int, _ request: RecordedRequest) -> Scenario {
    let path = request.path.prefix { $0 != "?" }
    let isStream = (try? request.json["stream"]?.boolean) == true
    switch path.split(separator: "/").last {
    case "completions": return Scenario(["It ", "works."])
    case "embeddings": return .answer(embeddings(for: request))
    case "generations": return .answer("{\"created\":0,\"data\":[{\"b64_json\":\"\(picture)\"}]}")
    case "speech": return .answer("RIFF----WAVE", contentType: "audio/wav")
    case "messages" where isStream: return .answer(messageEvents, contentType: "text/event-stream")
    case "messages": return .answer("{\"model\":\"stub\",\"content\":[{\"type\":\"text\",\"text\":\"It works.\"}]}")
    case "responses": return .answer("{\"id\":\"resp_1\",\"status\":\"queued\",\"output\":[]}")
    case "resp_1":
      return .answer(
        "{\"id\":\"resp_1\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":"
          + "[{\"type\":\"output_text\",\"text\":\"It works.\"}]}]}")
    case "forecast":
      return .answer(
        "{\"current\":{\"time\":\"2026-11-21T12:00\",\"temperature_2m\":3.4,\"wind_speed_10m\":12.6}}")
    default: return Scenario()
    }
  }

  private static func embeddings(for request: RecordedRequest) -> String {
    let count = (try? request.json["input"]?.array?.count) ?? 1
    let data = (0..<count).map { "{\"index\":\($0),\"embedding\":[1,\($0)]}" }.joined(separator: ",")
    return "{\"data\":[\(data)]}"
  }

  private static let messageEvents = """
    event: message_start
    data: {"type":"message_start","message":{"id":"msg_1","content":[]}}

    event: content_block_delta
    data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"It works."}}

    event: message_delta
    data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}

    event: message_stop
    data: {"type":"message_stop"}


    """

  /// One pixel as PNG.
  private static let picture =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
}
