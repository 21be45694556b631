import ComposeRuntime

/// OpenAI's image generations and edits: small pictures that follow from the text.
struct ImagesStandIn: SandboxStandIn {
  /// How the names of the events of a stream begin.
  let eventPrefix: String

  func answer(to call: SandboxCall) throws(SandboxRefusal) -> SandboxAnswer {
    guard let prompt = call.text("prompt"), !prompt.isEmpty else { throw .missing("prompt") }
    if eventPrefix == "image_edit", !hasImage(call) { throw .missing("image") }
    let pictures = (0..<max(1, call.integer("n") ?? 1)).map { SandboxPicture(prompt: prompt, number: $0) }
    if call.isTrue("stream") {
      return SandboxAnswer(events: events(pictures[0], partial: call.integer("partial_images") ?? 0))
    }
    let givesAddress = givesAddress(call)
    let data = pictures.map { picture in
      Value.object(
        givesAddress ? ["url": .text(picture.url)] : ["b64_json": .text(Base64.encode(picture.png))])
    }
    var document: OrderedObject = ["created": .integer(0), "data": .list(data)]
    if !givesAddress { document["output_format"] = .text("png") }
    return SandboxAnswer(.object(document))
  }

  private func hasImage(_ call: SandboxCall) -> Bool {
    let names = ["image", "image[]", "images"]
    return names.contains { call.files[$0] != nil || !call[$0].isNull }
  }

  /// The older models give an address unless the bytes are asked for; the newer ones know only the bytes.
  private func givesAddress(_ call: SandboxCall) -> Bool {
    let isOld = call.text("model").map { $0.hasPrefix("dall-e") } ?? true
    return isOld && call.text("response_format") != "b64_json"
  }

  private func events(_ picture: SandboxPicture, partial: Int) -> [SandboxAnswer.Piece] {
    let data = Value.text(Base64.encode(picture.png))
    let partials = (0..<max(0, partial)).map { index in
      SandboxAnswer.Piece.event(
        "\(eventPrefix).partial_image",
        .object([
          "type": .text("\(eventPrefix).partial_image"), "b64_json": data, "created_at": .integer(0),
          "partial_image_index": .integer(index), "output_format": .text("png"),
        ]), isPaced: true)
    }
    let last = SandboxAnswer.Piece.event(
      "\(eventPrefix).completed",
      .object([
        "type": .text("\(eventPrefix).completed"), "b64_json": data, "created_at": .integer(0),
        "output_format": .text("png"),
      ]), isPaced: true)
    return partials + [last]
  }
}
