import ComposeBasic
import ComposeRuntime

/// OpenAI's embeddings: a vector of length 1 for each text, always the same for the same text. Texts that share words
/// lie near to each other, so that a search over them finds something sensible.
struct EmbeddingsStandIn: SandboxStandIn {
  func answer(to call: SandboxCall) throws(SandboxRefusal) -> SandboxAnswer {
    let texts = try texts(of: call["input"])
    let dimensions = call.integer("dimensions") ?? Self.dimensions(of: call.model)
    guard dimensions <= Self.mostDimensions else {
      throw .invalid("dimensions", "it must be at most \(Self.mostDimensions)")
    }
    let isBase64 = call.text("encoding_format") == "base64"
    let data = texts.enumerated().map { index, text in
      let vector = Self.vector(for: text, dimensions: dimensions)
      return Value.object([
        "object": .text("embedding"), "index": .integer(index),
        "embedding": isBase64 ? .text(Base64.encode(Self.bytes(of: vector))) : .list(vector.map { .number($0) }),
      ])
    }
    let tokens = texts.reduce(0) { $0 + max(1, Self.words($1).count) }
    return SandboxAnswer(
      .object([
        "object": .text("list"), "data": .list(data), "model": .text(call.model),
        "usage": .object(["prompt_tokens": .integer(tokens), "total_tokens": .integer(tokens)]),
      ]))
  }

  private static let mostDimensions = 4096
  private static let mostTexts = 2048

  private static func dimensions(of model: String) -> Int { model.hasSuffix("-large") ? 3072 : 1536 }

  /// A text, or tokens, or a list of either.
  private func texts(of input: Value) throws(SandboxRefusal) -> [String] {
    switch input {
    case .text(""): throw .invalid("input", "it must not be empty")
    case .text(let text): return [text]
    case .list(let list) where !list.isEmpty && list.count <= Self.mostTexts:
      if case .integer = list[0] { return [input.jsonText] }
      var texts: [String] = []
      for (index, element) in list.enumerated() {
        switch element {
        case .text(""): throw .invalid("input[\(index)]", "it must not be empty")
        case .text(let text): texts.append(text)
        case .list: texts.append(element.jsonText)
        default: throw .wrongType("input[\(index)]", expected: "text or a list", found: element.kindName)
        }
      }
      return texts
    case .list: throw .invalid("input", "it must hold 1 to \(Self.mostTexts) texts")
    default: throw .wrongType("input", expected: "text or a list", found: input.kindName)
    }
  }

  // MARK: Vectors

  /// The sum of a random direction for each word, scaled to length 1 and rounded to 8 digits.
  static func vector(for text: String, dimensions: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: dimensions)
    let words = words(text)
    for word in words.isEmpty ? [text] : words {
      var generator = SplitMix64(seed: seed(word))
      for index in sum.indices { sum[index] += generator.nextUnit() }
    }
    let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return sum.map { ($0 / length * 1e8).rounded() / 1e8 }
  }

  /// In lower case, without punctuation, and without a plural's ending.
  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { word in
      word.count > 3 && word.last == "s" ? String(word.dropLast()) : String(word)
    }
  }

  private static func seed(_ word: String) -> UInt64 {
    SHA256.digest(of: Array(word.utf8).span).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// 32-bit numbers, the low byte first.
  private static func bytes(of vector: [Double]) -> [UInt8] {
    vector.flatMap { number in
      let bits = Float(number).bitPattern
      return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
    }
  }
}

/// Random numbers that are the same for the same seed (Steele, Lea and Flood, 2014).
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Between -1 and 1.
  mutating func nextUnit() -> Double { Double(next() >> 11) / Double(1 << 52) - 1 }
}
