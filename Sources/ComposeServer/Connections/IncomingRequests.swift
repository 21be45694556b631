import NIOCore
import NIOHTTP1

/// The requests of a connection as they come: what has come of the present one, and what waits behind it.
struct IncomingRequests {
  /// What follows from a part that has come.
  enum Step {
    case none
    /// Enough waits.
    case pause
    /// A request has come with its whole body.
    case handOver(HTTPRequestHead, ByteBuffer)
    /// The last of a request has come that was answered before.
    case proceed
  }

  /// How much of the present request has come.
  private enum Reading {
    /// Nothing.
    case nothing
    /// Its head, and as much of its body as ``gathered`` has. It has not been handed over.
    case gathering(HTTPRequestHead)
    /// It has been handed over; the rest goes there.
    case passing(RequestContent)
    /// Nobody wants the rest.
    case dropping
    case complete
  }

  /// How many parts of later requests may wait.
  private static let waitingLimit = 16

  private var reading = Reading.nothing
  private var gathered = ByteBuffer()
  private var waiting = CircularBuffer<HTTPServerRequestPart>()

  /// Whether the present request has come as a whole.
  var isComplete: Bool { if case .complete = reading { true } else { false } }

  /// Whether the present request has begun to come, and has not been handed over.
  var isGathering: Bool { if case .gathering = reading { true } else { false } }

  var isAnyWaiting: Bool { !waiting.isEmpty }

  /// Whether more may be read.
  var hasRoom: Bool { waiting.count < Self.waitingLimit }

  // MARK: Parts

  /// Takes a part in the order of the connection.
  ///
  /// - Parameter isAnswering: whether the present request has been handed over and has not got its whole answer.
  mutating func receive(_ part: HTTPServerRequestPart, isAnswering: Bool) -> Step {
    guard waiting.isEmpty, !isAnswering || !isComplete else {
      waiting.append(part)
      return hasRoom ? .none : .pause
    }
    return take(part)
  }

  /// Takes the next part that waits, if there is one.
  mutating func takeWaiting() -> Step? { waiting.popFirst().map { take($0) } }

  private mutating func take(_ part: HTTPServerRequestPart) -> Step {
    switch (part, reading) {
    case (.head(let head), _):
      reading = .gathering(head)
      gathered = ByteBuffer()
    case (.body(var piece), .gathering):
      if gathered.readableBytes == 0 { gathered = piece } else { gathered.writeBuffer(&piece) }
    case (.body(let piece), .passing(let content)): if !content.append(piece) { return .pause }
    case (.end, .gathering(let head)):
      reading = .complete
      return .handOver(head, takeGathered())
    case (.end, .passing(let content)):
      reading = .complete
      content.finish()
    case (.end, .dropping): return .proceed
    case (.body, _), (.end, _): break
    }
    return .none
  }

  /// The head of the present request, if it has not been handed over; what has come of its body, and what still comes,
  /// goes to the content.
  mutating func passOn(to content: @autoclosure () -> RequestContent) -> (HTTPRequestHead, RequestContent)? {
    guard case .gathering(let head) = reading else { return nil }
    let content = content()
    let piece = takeGathered()
    if piece.readableBytes > 0 { _ = content.append(piece) }
    reading = .passing(content)
    return (head, content)
  }

  private mutating func takeGathered() -> ByteBuffer {
    defer { gathered = ByteBuffer() }
    return gathered
  }

  // MARK: Ends

  /// What is missing of the present request will not come.
  mutating func cut(_ error: any Error) {
    guard case .passing(let content) = reading else { return }
    reading = .complete
    content.finish(error)
  }

  /// The present request has its answer.
  ///
  /// - Returns: whether the rest of it is still to come.
  mutating func dropRest() -> Bool {
    guard case .passing = reading else { return false }
    reading = .dropping
    return true
  }

  /// Another request is the present one from now on.
  mutating func startOver() { reading = .nothing }

  /// Nothing that comes is wanted.
  mutating func dropAll() {
    waiting.removeAll()
    reading = .dropping
  }
}
