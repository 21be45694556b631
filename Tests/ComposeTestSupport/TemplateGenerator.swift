/// Writes random templates; the same seed gives the same texts.
package struct TemplateGenerator {
  private var state: UInt64

  /// - Parameter seed: what the texts follow from.
  package init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// Correct text with expressions in it, in loose layout.
  package mutating func template() -> String {
    var text = ""
    for _ in 0..<below(4) {
      text += pick(["a ", "é{", "}", "$ ", "\n", "\\", "@(b c)"]) + (below(8) == 0 ? angles() : expression(depth: 0))
    }
    return text + pick(["", " end", "$"])
  }

  /// Pieces of the grammar in any order.
  package mutating func noise() -> String {
    var text = ""
    for _ in 0..<below(24) {
      text += pick([
        "${", "${", "${a", "${b.", "}", "}", "}", " ", " | ", "|", " @(", "@(d e)", ")", "[", "]", "[0]", "[]", ".",
        "a",
        "$<input", "$<input.x | ", ">", "\\$", "${x | ", "@(d ", "as", " as text", "/", ";", ",", "=", "\\", "\"", "'",
        "{", "$", "é", "\u{2003}", "\n", "-", ":1", "👩‍🚀", "1",
      ])
    }
    return text
  }

  private mutating func expression(depth: Int) -> String {
    var text = "${" + space() + pick(["input", "a-b", "gateway:8080", "_x", "as"])
    if flip() { text += "[]" }
    if below(4) == 0 { text += pick(["[0]", "[-1]", "[1:]", "[:]"]) }
    for offset in 0..<below(4) {
      let isBracket = below(3) == 0
      text += !isBracket || offset == 0 || flip() ? "." : ""
      text += isBracket ? pick(["[0]", "[*]", "[-2:3]"]) : pick(["b", "c-1", "Größe", "0"])
    }
    if flip() { text += gap() + "as" + gap() + cast(depth: depth) }
    if flip() { text += space() + "|" + fallback(depth: depth) }
    for _ in 0..<below(3) { text += gap() + "@(" + space() + pick(["description", "u1"]) + gap() + note() + ")" }
    return text + space() + "}"
  }

  /// The other spelling, in its plain form.
  private mutating func angles() -> String {
    "$<" + pick(["input", "jobs.a.output"]) + pick(["", " as text"]) + pick(["", " | b", " | {b"]) + ">"
  }

  private mutating func cast(depth: Int) -> String {
    var text = pick(["text", "model-3d", "object"])
    if below(3) == 0 { text += "[]" }
    if flip() {
      text += "/" + pick(["wav", "a,b.c", "x.y"])
      if below(3) == 0 {
        let nested = depth < 3 ? expression(depth: depth + 1) : "1"
        text += "[" + space() + "rate=" + nested + space() + "," + space() + "n" + space() + "= 1 2]"
      }
    }
    return below(3) == 0 ? text + ";base64" : text
  }

  private mutating func fallback(depth: Int) -> String {
    var text = gap() + pick(["x", "5", "|", "[]", "é y", "{\"k\": {}}"])
    while depth < 3, flip() { text += pick(["", " ", "-"]) + expression(depth: depth + 1) + pick(["", " z", "\\}"]) }
    return text
  }

  private mutating func note() -> String { pick(["Some text", "a (b) c", "1) b", "{x} |", "é", "a @b"]) }

  private mutating func space() -> String { pick(["", " ", "  ", "\n"]) }

  private mutating func gap() -> String { pick([" ", "  ", "\t"]) }

  private mutating func flip() -> Bool { below(2) == 0 }

  private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
