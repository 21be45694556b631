import ComposeBasic
import ComposeSyntax
import ComposeTestSupport
import Testing

/// A YAML file as tests change it and write it in other ways.
indirect enum YAMLTree {
  /// - Parameter isText: whether it may be quoted.
  case scalar(String, isText: Bool)
  case sequence([YAMLTree])
  case mapping([(key: String, value: YAMLTree)])

  /// Reads a file; `nil` for one whose scalars cannot be written in other ways.
  init?(_ source: SourceFile) {
    var diagnostics = Diagnostics()
    guard let root = parseYAML(source, environment: Environment(), into: &diagnostics).root else { return nil }
    self.init(root, source)
  }

  private init?(_ node: YAMLNode, _ source: SourceFile) {
    switch node.content {
    case .scalar(let scalar):
      let written = source.text(of: node.range)
      guard !scalar.environment.isEmpty else {
        if case .text = scalar.value {
          self = .scalar(scalar.text, isText: true)
        } else {
          self = .scalar(written, isText: false)
        }
        return
      }
      switch scalar.style {
      // What stands there is put into the file before it is read: it must stay as it is.
      case .plain: self = .scalar(written, isText: false)
      case .singleQuoted, .doubleQuoted: self = .scalar(written, isText: false)
      case .literal, .folded: return nil
      }
    case .sequence(let items):
      let trees = items.compactMap { YAMLTree($0, source) }
      guard trees.count == items.count else { return nil }
      self = .sequence(trees)
    case .mapping(let entries):
      var trees: [(key: String, value: YAMLTree)] = []
      for entry in entries {
        guard let value = YAMLTree(entry.value, source) else { return nil }
        trees.append((source.text(of: entry.key.range), value))
      }
      self = .mapping(trees)
    }
  }

  subscript(key: String) -> YAMLTree? {
    guard case .mapping(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The tree with every scalar, and every node under a key, as the closures give it.
  func mapped(_ change: (_ key: String?, YAMLTree) -> YAMLTree, under key: String? = nil) -> YAMLTree {
    switch change(key, self) {
    case .scalar(let text, let isText): .scalar(text, isText: isText)
    case .sequence(let items): .sequence(items.map { $0.mapped(change, under: key) })
    case .mapping(let entries): .mapping(entries.map { ($0.key, $0.value.mapped(change, under: $0.key)) })
    }
  }

  /// Every scalar, in order.
  var scalars: [(key: String?, text: String, isText: Bool)] { scalars(under: nil) }

  private func scalars(under key: String?) -> [(key: String?, text: String, isText: Bool)] {
    switch self {
    case .scalar(let text, let isText): [(key, text, isText)]
    case .sequence(let items): items.flatMap { $0.scalars(under: key) }
    case .mapping(let entries): entries.flatMap { $0.value.scalars(under: $0.key) }
    }
  }
}

/// Writes a tree in one of the many ways in which it means the same.
struct YAMLTreeWriter {
  var generator: SeededDice
  var shufflesKeys = true

  mutating func write(_ tree: YAMLTree) -> String { block(tree, depth: 0) }

  /// A node on its own lines, or on the present one.
  private mutating func block(_ tree: YAMLTree, depth: Int) -> String {
    let indentation = String(repeating: " ", count: depth)
    switch tree {
    case .mapping(let entries) where !entries.isEmpty && (depth == 0 || generator.below(3) > 0):
      return shuffled(entries).map { key, value in
        comment(indentation) + indentation + key + ":" + child(value, depth: depth + 1 + generator.below(4))
      }.joined()
    case .sequence(let items) where !items.isEmpty && (depth == 0 || generator.below(3) > 0):
      return items.map { item in
        comment(indentation) + indentation + "-" + child(item, depth: depth + 1 + generator.below(3))
      }.joined()
    default: return indentation + flow(tree) + "\n"
    }
  }

  private mutating func child(_ tree: YAMLTree, depth: Int) -> String {
    if case .scalar = tree { return " " + flow(tree) + note() + "\n" }
    let text = block(tree, depth: depth)
    return note() + "\n" + text
  }

  private mutating func comment(_ indentation: String) -> String {
    generator.below(12) == 0 ? indentation + "# a note: ['that' {says} nothing\n" : ""
  }

  private mutating func note() -> String { generator.below(12) == 0 ? "   # aside" : "" }

  private mutating func flow(_ tree: YAMLTree) -> String {
    switch tree {
    case .scalar(let text, let isText): return isText ? quoted(text) : text
    case .sequence(let items):
      var parts: [String] = []
      for item in items { parts.append(flow(item)) }
      return "[" + parts.joined(separator: ",  ") + "]"
    case .mapping(let entries):
      var parts: [String] = []
      for (key, value) in shuffled(entries) { parts.append("\(key): \(flow(value))") }
      return "{ " + parts.joined(separator: ", ") + "}"
    }
  }

  private mutating func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
    if isPlain, generator.below(2) == 0 { return "'" + text.replacing("'", with: "''") + "'" }
    var bytes: [UInt8] = []
    JSONWriter.appendQuoted(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func shuffled(
    _ entries: [(key: String, value: YAMLTree)]
  ) -> [(key: String, value: YAMLTree)] {
    // What is put together from `...` and `?` comes in the order of the file, and later parts win.
    let isOrdered = entries.contains { ["...", "?"].contains($0.key.trimmingQuotes) }
    return shufflesKeys && !isOrdered ? entries.shuffled(using: &generator) : entries
  }
}

extension String {
  var trimmingQuotes: String { filter { $0 != "\"" && $0 != "'" } }
}

/// Choices that are the same in every run of the tests: SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededDice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}
