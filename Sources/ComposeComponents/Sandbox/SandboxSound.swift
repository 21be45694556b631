/// A sound as long as somebody would take to say a text, in pieces of a word each: 24,000 samples a second, one
/// channel.
struct SandboxSound: Sendable {
  private static let rate = 24_000
  private static let samplesOfAWord = 6_000
  /// A frame of MPEG-2 layer III holds so many.
  private static let samplesOfAFrame = 576

  private let words: [Substring]

  init(text: String) { words = text.split(whereSeparator: \.isWhitespace) }

  var wordCount: Int { words.count }

  /// Silence: frames of MPEG-2 layer III at 32 kbit/s (ISO/IEC 13818-3) whose granules hold nothing.
  var mp3: [[UInt8]] {
    let frame = [0xFF, 0xF3, 0x44, 0xC4] + [UInt8](repeating: 0, count: 92)
    let count = Self.samplesOfAWord / Self.samplesOfAFrame + 1
    return words.map { _ in [[UInt8]](repeating: frame, count: count).flatMap(\.self) }
  }

  /// Samples of 16 bits, the low byte first. Each word is a tone, and the pitch follows from its letters.
  var pcm: [[UInt8]] {
    words.map { word in
      let pitch = 200 + Int(word.utf8.reduce(0) { $0 &* 31 &+ UInt32($1) } % 12) * 20
      let half = Self.rate / pitch / 2
      return (0..<Self.samplesOfAWord).flatMap { position -> [UInt8] in
        let isPause = position > Self.samplesOfAWord * 4 / 5
        // A triangle, which needs no trigonometry.
        let place = position % (2 * half)
        let slope = place < half ? place : 2 * half - place
        let sample = isPause ? Int16(0) : Int16(slope * 8000 / half - 4000)
        let bits = UInt16(bitPattern: sample)
        return [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
      }
    }
  }

  /// The same behind a header (RIFF WAVE, Microsoft and IBM, 1991).
  var wav: [[UInt8]] {
    let parts = pcm
    let count = UInt32(parts.reduce(0) { $0 + $1.count })
    func bytes(_ number: UInt32, _ width: UInt32) -> [UInt8] {
      (0..<width).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
    let rate = UInt32(Self.rate)
    let format = bytes(16, 4) + bytes(1, 2) + bytes(1, 2) + bytes(rate, 4) + bytes(rate * 2, 4) + bytes(2, 2)
    let head = Array("RIFF".utf8) + bytes(36 + count, 4) + Array("WAVEfmt ".utf8) + format + bytes(16, 2)
    return [head + Array("data".utf8) + bytes(count, 4)] + parts
  }
}
