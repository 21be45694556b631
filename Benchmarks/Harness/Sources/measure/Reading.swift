import ComposeHTTP
import ComposeRuntime

/// The JSON reader and the decoder of server-sent events.
let jsonBenchmarks: [Benchmark] = [
  Benchmark(name: "JSON: mixed document", bytes: mixedDocument.count, unit: .megabytesPerSecond, bar: 200) {
    try parseJSON(mixedDocument).isNull ? 0 : 1
  },
  Benchmark(name: "JSON: chat chunks", bytes: chatChunks.joined().count, unit: .megabytesPerSecond, bar: 200) {
    var count = 0
    for chunk in chatChunks { count += try parseJSON(chunk).isNull ? 0 : 1 }
    return count
  },
  Benchmark(name: "events: chat stream", bytes: chatStream.count, unit: .megabytesPerSecond, bar: nil) {
    var decoder = EventStreamDecoder()
    var count = 0
    // As pieces of 16 KiB, which is what the network gives.
    var position = 0
    while position < chatStream.count {
      let end = min(position + 16_384, chatStream.count)
      try decoder.feed(chatStream.span.extracting(position..<end)) { data, _ in count += data.count }
      position = end
    }
    return count
  },
]

/// 1,000 chunks as a stream of events.
private let chatStream: [UInt8] = chatChunks.flatMap { Array("data: ".utf8) + $0 + Array("\n\n".utf8) }
