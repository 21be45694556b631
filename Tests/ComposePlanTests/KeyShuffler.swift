import ComposeBasic
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Writes a file again with the keys of every mapping in another order.
struct KeyShuffler {
  private let source: SourceFile
  private var state: UInt64

  init(_ source: SourceFile, seed: UInt64) {
    self.source = source
    state = seed
  }

  mutating func shuffled() throws -> String {
    var diagnostics = Diagnostics()
    let document = parseYAML(source, environment: Environment(), into: &diagnostics)
    return try flow(#require(document.root)) + "\n"
  }

  /// Flow style: one line however deep the nodes lie.
  private mutating func flow(_ node: YAMLNode) throws -> String {
    switch node.content {
    case .scalar(let scalar): return self.scalar(scalar, node.range)
    case .sequence(let items): return "[\(try items.map { try flow($0) }.joined(separator: ", "))]"
    case .mapping(var entries):
      // What is put together from `...` and `?` comes in the order of the file, and later parts win.
      if !entries.contains(where: { $0.name == "..." || $0.name == "?" }) {
        for index in entries.indices.reversed() { entries.swapAt(index, below(index + 1)) }
      }
      return "{\(try entries.map { "\(try flow($0.key)): \(try flow($0.value))" }.joined(separator: ", "))}"
    }
  }

  /// As it is written where that is possible in flow style: references to the environment must stay.
  private func scalar(_ scalar: YAMLScalar, _ range: SourceRange) -> String {
    let written = source.text(of: range)
    switch scalar.style {
    case .singleQuoted, .doubleQuoted: return written
    case .literal, .folded: return quoted(scalar.text)
    case .plain: if case .text = scalar.value { return quoted(written) } else { return written }
    }
  }

  private func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONWriter.appendQuoted(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// SplitMix64 (Steele, Lea and Flood, 2014).
  private mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
