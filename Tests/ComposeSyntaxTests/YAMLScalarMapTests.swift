import ComposeBasic
import ComposeSyntax
import Testing

/// Generated scalars of every style: what the map calls identical must be identical, and nothing may be left out.
@Suite struct YAMLScalarMapTests {
  @Test(arguments: ["plain", "single", "double", "literal", "folded"])
  func segmentsAgreeWithTheSource(_ style: String) {
    var generator = ScalarGenerator(seed: 42)
    for round in 0..<400 {
      let scalar = generator.scalar(style)
      let lineBreak = round % 3 == 2 ? "\r\n" : "\n"
      let head = round % 5 == 4 ? "\u{FEFF}# é ${env.A}\n" : ""
      let text = "\(head)outer:\n  ü: \(scalar)\n  next: 1\n"
      let parsed = ParsedYAML(
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineBreak),
        environment: ["A": "value", "B": "12345678", "C": "ü"])
      verify(parsed)
    }
  }

  private func verify(_ parsed: ParsedYAML) {
    let source = String(decoding: parsed.file.bytes, as: UTF8.self)
    guard let node = parsed["outer"]?[key: "ü"], let scalar = node.scalar else {
      Issue.record("no scalar: \(parsed.tree) in \(source.debugDescription)")
      return
    }
    let decoded = Array(scalar.text.utf8)
    let nextStart = Int(parsed["outer"]?.mapping?.last?.key.range.start ?? 0)
    var end = 0
    for segment in scalar.map.segments {
      #expect(segment.decodedStart == end, "gap: \(source.debugDescription)")
      end = segment.decodedStart + segment.decodedCount
      let written = Array(parsed.file.bytes[segment.sourceStart..<(segment.sourceStart + segment.sourceCount)])
      let read = Array(decoded[segment.decodedStart..<end])
      // A folded line break is one byte for one byte, too.
      if segment.isIdentity, !(read == [0x20] && written == [0x0A]) {
        #expect(read == written, "not identical: \(source.debugDescription)")
      }
      let isInside = segment.sourceStart >= Int(node.range.start) && segment.sourceStart < nextStart
      #expect(isInside, "outside: \(source.debugDescription)")
    }
    #expect(end == decoded.count, "not covered: \(source.debugDescription) \(scalar.text.debugDescription)")
    for span in scalar.environment {
      #expect(scalar.map.range(span.range) == span.reference.range, "span: \(source.debugDescription)")
    }
    #expect(parsed["outer"]?[key: "next"]?.scalar?.value == .integer(1))
  }
}

/// Writes random scalars with a fixed sequence of random numbers (SplitMix64).
private struct ScalarGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func scalar(_ style: String) -> String {
    switch style {
    case "plain": return lines(plainWords, separators: [" ", "  ", "\n    ", " \n\n      ", "\t\n     \t"])
    case "single":
      return "'"
        + lines(
          plainWords.filter { $0 != "it's" } + ["''", ": ", "#x", "\\n"],
          separators: [" ", "", "\n   ", "  \n\n     ", " \n \n  "])
        + "'"
    case "double":
      return "\""
        + lines(
          plainWords + escapes + [": ", "#x", "'"],
          separators: [" ", "", "\n   ", "  \n\n     ", " \\\n   ", "\\\n \n  "])
        + "\""
    default: return block(style == "literal" ? "|" : ">")
    }
  }

  private let plainWords = [
    "a", "word", "é", "漢字", "😀", "x:y", "x#y", "it's", "${input.x}", "${env.A}", "${env.B}", "${env.C}",
  ]
  private let escapes = [
    "\\n", "\\t", "\\\\", "\\\"", "\\/", "\\0", "\\e", "\\ ", "\\_", "\\N", "\\L", "\\P", "\\x41", "\\u00e9",
    "\\U0001F600", "\\a", "\\b", "\\v", "\\f", "\\r",
  ]

  private mutating func lines(_ words: [String], separators: [String]) -> String {
    var text = "w"
    for _ in 0..<(1 + random(6)) { text += pick(separators) + pick(words) }
    return text
  }

  private mutating func block(_ indicator: String) -> String {
    let indentation = 3 + random(3)
    let chomping = pick(["", "-", "+"])
    // An explicit indentation counts from the parent's, which is 2 here.
    let isExplicit = random(3) == 0
    var text =
      indicator + (isExplicit ? chomping + String(indentation - 2) : chomping) + pick(["", "  # ${env.A}"]) + "\n"
    if random(4) == 0 { text += "\n" }
    for number in 0..<(1 + random(6)) {
      let more = number > 0 || isExplicit ? pick(["", "", "", "  ", "\t"]) : ""
      text += String(repeating: " ", count: indentation) + more + lines(plainWords, separators: [" ", "  "])
      text += pick(["", "", " "]) + "\n"
      text += pick(["", "", "", "\n", " \n", "\n\n", String(repeating: " ", count: indentation + 2) + "\n"])
    }
    return String(text.dropLast())
  }

  private mutating func pick(_ choices: [String]) -> String { choices[random(choices.count)] }

  private mutating func random(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(count))
  }
}
