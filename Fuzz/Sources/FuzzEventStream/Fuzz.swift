import ComposeHTTP
import FuzzSupport

@main enum FuzzEventStream {
  static func main() { runFuzzer() }
}

/// Any cut of the bytes into pieces gives the same events, and the same event that is left open.
///
/// The first eight bytes say where to cut, the rest is what is cut.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = input(start, count)
  let cuts = bytes.prefix(8)
  let wire = Array(bytes.dropFirst(8))
  let whole = Answer([wire])
  let same: [(String, [[UInt8]])] = [
    ("one byte at a time", wire.map { [$0] }),
    ("two bytes at a time", pieces(wire, [2])),
    ("with empty pieces", wire.flatMap { [[], [$0]] } + [[]]),
    ("cut as the input says", pieces(wire, cuts.map { Int($0) })),
  ]
  for (how, pieces) in same { require(Answer(pieces) == whole, "\(how), the events differ") }

  // How much of a small limit is used up may depend on the pieces; that a feed throws must not harm.
  for limit in [0, 1, 16] { _ = Answer(same[3].1, eventLimit: limit) }
  return 0
}

/// What a decoder says of an answer.
private struct Answer: Equatable {
  struct Event: Equatable {
    let data: [UInt8]
    let fields: EventStreamDecoder.Fields
  }

  var events: [Event] = []
  var unfinished: EventStreamDecoder.UnfinishedEvent?
  var hasFailed = false

  init(_ pieces: [[UInt8]], eventLimit: Int = EventStreamDecoder.defaultEventLimit) {
    var decoder = EventStreamDecoder(eventLimit: eventLimit)
    var events: [Event] = []
    for piece in pieces where !hasFailed {
      do throws(HTTPError) {
        try decoder.feed(piece.span) { data, fields in
          events.append(Event(data: data.withUnsafeBufferPointer { Array($0) }, fields: fields))
        }
      } catch {
        hasFailed = true
      }
    }
    self.events = events
    unfinished = hasFailed ? nil : decoder.finish()
  }
}

/// Cuts into pieces of the sizes, which are used again and again; without any size, or with zeros only, into one.
private func pieces(_ bytes: [UInt8], _ sizes: [Int]) -> [[UInt8]] {
  guard sizes.contains(where: { $0 > 0 }) else { return [bytes] }
  var pieces: [[UInt8]] = []
  var rest = bytes[...]
  var turn = 0
  while !rest.isEmpty {
    let size = sizes[turn % sizes.count]
    pieces.append(Array(rest.prefix(size)))
    rest = rest.dropFirst(size)
    turn += 1
  }
  return pieces
}
