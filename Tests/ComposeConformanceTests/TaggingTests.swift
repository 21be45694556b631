import ComposeConformance
import ComposeRuntime
import Testing

/// What the vectors cannot say about their own notation.
@Suite struct TaggingTests {
  @Test(arguments: [
    #"null"#, #"true"#, #"5"#, #"5.0"#, #"-0.0"#, #"1e+16"#, #"\#"x\u0001é""#, #"[1, [2, {}]]"#,
    #"{"b": 1, "a": {"k": null}}"#, #"{"bytes": "AQI="}"#, #"{"bigint": "-123456789012345678901234567890"}"#,
    #"{"float": "nan"}"#, #"{"float": "-inf"}"#, #"{"stream": []}"#,
    #"{"stream": ["a", null, {"bytes": "Yg=="}], "fragmented": false}"#,
    #"{"stream": ["a"], "encoding": "text", "throws": "ValueError"}"#,
    #"{"stream": [{"stream": [1]}], "fragmented": true}"#,
    #"{"resource": "audio", "content_type": "audio/mpeg", "filename": "a.mp3", "format": "mp3", "attrs": {"rate": 8000}, "data": "AQI="}"#,
    #"{"resource": "text", "content_type": "text/plain; charset=utf-8", "data": "e30="}"#,
    #"{"resource": "video", "content_type": "video/mp4", "throws": "ValueError"}"#,
    // No tags: there are other members, or the content is not a tag's.
    #"{"bytes": "AQI=", "k": 1}"#, #"{"float": 1.5}"#, #"{"stream": "s"}"#, #"{"stream": [], "k": 1}"#,
    #"{"bytes": null}"#,
  ])
  func valuesComeBack(_ json: String) async throws {
    let value = try Tagging.decode(try parseJSON(json))
    #expect(try await Tagging.encode(value).jsonText == json)
  }

  @Test func whatAStreamLeavesOut() async throws {
    let fragmented = try Tagging.decode(try parseJSON(#"{"stream": ["a", null, ""], "fragmented": true}"#))
    #expect(try await Tagging.encode(fragmented).member("stream").jsonText == #"["a", ""]"#)
    let encoded = try Tagging.decode(try parseJSON(#"{"stream": ["a", null, "", 1], "encoding": "json"}"#))
    #expect(try await Tagging.encode(encoded).member("stream").jsonText == #"["\"a\"", "1"]"#)
  }

  @Test(arguments: [
    (#"{"bytes": "A"}"#, "the bytes"), (#"{"bigint": "1x"}"#, "'1x'"), (#"{"float": "big"}"#, "'big'"),
    (#"{"stream": [], "encoding": "xml"}"#, "'xml'"), (#"{"resource": "scent", "data": ""}"#, "'scent'"),
  ])
  func badTagsAreNamed(_ json: String, _ part: String) throws {
    let value = try parseJSON(json)
    let error = #expect(throws: InvalidVector.self) { try Tagging.decode(value) }
    #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
  }

  @Test func aStreamIsReadOnce() async throws {
    let value = try Tagging.decode(try parseJSON(#"{"stream": ["a"]}"#))
    _ = try await Tagging.encode(value)
    await #expect(throws: RuntimeError.self) { _ = try await Tagging.encode(value) }
  }
}
