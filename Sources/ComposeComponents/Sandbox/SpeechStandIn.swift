import ComposeRuntime

/// OpenAI's speech: silence of the right length as MP3, or a tone for each word as WAV or PCM.
struct SpeechStandIn: SandboxStandIn {
  func answer(to call: SandboxCall) throws(SandboxRefusal) -> SandboxAnswer {
    guard let input = call.text("input"), !input.isEmpty else { throw .missing("input") }
    if case .text("") = call["voice"] { throw .missing("voice") }
    let sound = SandboxSound(text: input)
    let parts: [[UInt8]]
    let contentType: String
    switch call.text("response_format") ?? "mp3" {
    case "mp3": (parts, contentType) = (sound.mp3, "audio/mpeg")
    case "wav": (parts, contentType) = (sound.wav, "audio/wav")
    case "pcm": (parts, contentType) = (sound.pcm, "audio/pcm")
    case let format: throw .invalid("response_format", "the sandbox makes mp3, wav and pcm, not '\(format)'")
    }
    guard call.text("stream_format") == "sse" else { return SandboxAnswer(parts, contentType: contentType) }
    let pieces = parts.map { part in
      SandboxAnswer.Piece.event(
        nil, .object(["type": .text("speech.audio.delta"), "audio": .text(Base64.encode(part))]), isPaced: true)
    }
    let usage: OrderedObject = [
      "input_tokens": .integer(sound.wordCount), "output_tokens": .integer(parts.count),
      "total_tokens": .integer(sound.wordCount + parts.count),
    ]
    let end = SandboxAnswer.Piece.event(
      nil, .object(["type": .text("speech.audio.done"), "usage": .object(usage)]))
    return SandboxAnswer(events: pieces + [end])
  }
}
