import ComposeRuntime

/// OpenAI's transcriptions: a text that says which file came, in the form that is asked for.
struct TranscriptionsStandIn: SandboxStandIn {
  func answer(to call: SandboxCall) throws(SandboxRefusal) -> SandboxAnswer {
    guard let file = call.files["file"] else { throw .missing("file") }
    let text =
      "This is what the sandbox hears in \(file.name), a file of \(file.byteCount) bytes. No provider was called, no "
      + "key was used and nothing was paid."
    if call.isTrue("stream") { return SandboxAnswer(events: events(text)) }
    switch call.text("response_format") ?? "json" {
    case "text": return SandboxAnswer(Array((text + "\n").utf8), contentType: "text/plain; charset=utf-8")
    case "srt":
      return plain("1\n00:00:00,000 --> 00:00:05,000\n\(text)\n\n")
    case "vtt": return plain("WEBVTT\n\n00:00:00.000 --> 00:00:05.000\n\(text)\n\n")
    case "verbose_json":
      let segment = Value.object([
        "id": .integer(0), "start": .number(0), "end": .number(5), "text": .text(text),
      ])
      return SandboxAnswer(
        .object([
          "task": .text("transcribe"), "language": .text(call.text("language") ?? "english"), "duration": .number(5),
          "text": .text(text), "segments": .list([segment]),
        ]))
    case "diarized_json":
      let segment = Value.object([
        "type": .text("transcript.text.segment"), "id": .text("seg_001"), "start": .number(0), "end": .number(5),
        "text": .text(text), "speaker": .text("A"),
      ])
      return SandboxAnswer(
        .object([
          "task": .text("transcribe"), "duration": .number(5), "text": .text(text), "segments": .list([segment]),
        ]))
    default: return SandboxAnswer(.object(["text": .text(text)]))
    }
  }

  private func plain(_ text: String) -> SandboxAnswer {
    SandboxAnswer(Array(text.utf8), contentType: "text/plain; charset=utf-8")
  }

  private func events(_ text: String) -> [SandboxAnswer.Piece] {
    let pieces = text.split(separator: " ").enumerated().map { index, word in
      SandboxAnswer.Piece.event(
        nil,
        .object([
          "type": .text("transcript.text.delta"), "delta": .text(index == 0 ? String(word) : " " + word),
        ]), isPaced: true)
    }
    return pieces + [.event(nil, .object(["type": .text("transcript.text.done"), "text": .text(text)]))]
  }
}
