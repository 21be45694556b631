import ComposeRuntime
import ComposeSema

/// What answers in place of one API.
protocol SandboxStandIn: Sendable {
  /// What the API gives for a body that has all that its description asks for.
  func answer(to call: SandboxCall) throws(SandboxRefusal) -> SandboxAnswer

  /// What the API gives when it is asked how far an earlier call is, as `GET …/ID`; `nil` when it has no such address.
  func progress(of id: String, in background: SandboxBackground, _ options: SandboxOptions) -> SandboxAnswer?

  /// How the API says that it refuses.
  func document(of refusal: SandboxRefusal) -> Value
}

extension SandboxStandIn {
  func progress(of id: String, in background: SandboxBackground, _ options: SandboxOptions) -> SandboxAnswer? { nil }

  /// OpenAI's form, which most servers share.
  func document(of refusal: SandboxRefusal) -> Value {
    .object([
      "error": .object([
        "message": .text(refusal.message),
        "type": .text(
          refusal.status == 429 ? "requests" : refusal.status < 500 ? "invalid_request_error" : "server_error"),
        "param": refusal.parameter.map { .text($0) } ?? .null,
        "code": .null,
      ])
    ])
  }
}

/// An answer before it is sent: what is sent at once, and what is sent piece by piece.
struct SandboxAnswer: Sendable {
  /// Bytes that follow the ones before at once, or at the pace of the sandbox.
  enum Piece: Sendable {
    case prompt([UInt8])
    case paced([UInt8])

    var bytes: [UInt8] {
      switch self {
      case .prompt(let bytes), .paced(let bytes): bytes
      }
    }

    var isPaced: Bool { if case .paced = self { true } else { false } }
  }

  var status = 200
  let contentType: String
  let pieces: [Piece]

  /// One document. It comes at once, but in two pieces, so that a fault finds a middle.
  init(_ bytes: [UInt8], contentType: String, status: Int = 200) {
    let middle = bytes.count / 2
    self.status = status
    self.contentType = contentType
    self.pieces = [.prompt(Array(bytes[..<middle])), .prompt(Array(bytes[middle...]))]
  }

  /// A JSON document.
  init(_ document: Value, status: Int = 200) {
    self.init(document.sandboxJSON, contentType: "application/json", status: status)
  }

  /// A stream of events.
  init(events: [Piece]) {
    contentType = "text/event-stream"
    pieces = events
  }

  /// Bytes that are sent while they are made.
  init(_ parts: [[UInt8]], contentType: String) {
    self.contentType = contentType
    pieces = parts.map { .paced($0) }
  }

  var isEventStream: Bool { contentType == "text/event-stream" }
}

extension SandboxAnswer.Piece {
  /// An event of a stream; the name is left out where the API has none.
  static func event(_ name: String? = nil, _ data: Value, isPaced: Bool = false) -> SandboxAnswer.Piece {
    let bytes = Array(((name.map { "event: \($0)\n" } ?? "") + "data: ").utf8) + data.sandboxJSON + Array("\n\n".utf8)
    return isPaced ? .paced(bytes) : .prompt(bytes)
  }
}

extension Value {
  /// JSON as an API sends it.
  var sandboxJSON: [UInt8] { (try? compactJSON()) ?? Array("null".utf8) }

  var sandboxText: String? {
    if case .text(let text) = self { return text }
    return nil
  }

  var sandboxBoolean: Bool? {
    if case .boolean(let value) = self { return value }
    return nil
  }

  /// The elements of a list; none for anything else.
  var sandboxElements: [Value] {
    if case .list(let list) = self { return list }
    return []
  }
}
