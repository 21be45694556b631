import ComposeBasic
import ComposeSyntax

/// A YAML document as plain data that can be changed and written again.
indirect enum MutationTree: Hashable, Sendable {
  /// A scalar that is text; written between quotes.
  case text(String)
  /// Any other scalar, as it stands in the file.
  case plain(String)
  case list([MutationTree])
  case mapping([MutationEntry])

  /// The document of a file; `nil` when it has none.
  init?(_ source: SourceFile) {
    var diagnostics = Diagnostics()
    guard let root = parseYAML(source, environment: Environment(), into: &diagnostics).root else { return nil }
    self.init(root, source)
  }

  private init(_ node: YAMLNode, _ source: SourceFile) {
    switch node.content {
    case .scalar(let scalar):
      let written = source.text(of: node.range)
      if case .text = scalar.value {
        self = .text(written.contains("${env.") ? Self.unquoted(written) : scalar.text)
      } else {
        self = .plain(written)
      }
    case .sequence(let items): self = .list(items.map { Self($0, source) })
    case .mapping(let entries):
      self = .mapping(entries.map { MutationEntry($0.name ?? "", Self($0.value, source)) })
    }
  }

  /// References to the environment are replaced before YAML, so their own text is kept.
  private static func unquoted(_ written: String) -> String {
    written.hasPrefix("\"") ? String(written.dropFirst().dropLast()) : written
  }

  /// The document in flow style on one line, which every YAML parser reads.
  var yaml: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .plain(let text): text
    case .list(let items): "[" + items.map(\.yaml).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { Self.quoted($0.key) + ": " + $0.value.yaml }.joined(separator: ", ") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }

  subscript(key: String) -> MutationTree? {
    guard case .mapping(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  subscript(path: MutationPath) -> MutationTree? {
    guard let first = path.first else { return self }
    let rest = Array(path.dropFirst())
    switch (self, first) {
    case (.mapping(let entries), .key(let name)): return entries.first { $0.key == name }?.value[rest]
    case (.list(let items), .index(let index)) where items.indices.contains(index): return items[index][rest]
    default: return nil
    }
  }

  /// The tree with the value at the path changed by the body.
  func changing(_ path: MutationPath, _ body: (MutationTree) -> MutationTree) -> MutationTree {
    guard let first = path.first else { return body(self) }
    let rest = Array(path.dropFirst())
    switch (self, first) {
    case (.mapping(let entries), .key(let name)):
      return .mapping(
        entries.map { $0.key == name ? MutationEntry($0.key, $0.value.changing(rest, body)) : $0 })
    case (.list(let items), .index(let index)):
      return .list(items.enumerated().map { $0.offset == index ? $0.element.changing(rest, body) : $0.element })
    default: return self
    }
  }

  /// Every value of the tree with its path, parents first.
  func walk(_ path: MutationPath = [], _ visit: (MutationPath, MutationTree) -> Void) {
    visit(path, self)
    switch self {
    case .text, .plain: break
    case .list(let items):
      for (index, item) in items.enumerated() { item.walk(path + [.index(index)], visit) }
    case .mapping(let entries):
      for entry in entries { entry.value.walk(path + [.key(entry.key)], visit) }
    }
  }
}

/// One `key: value`.
struct MutationEntry: Hashable, Sendable {
  let key: String
  let value: MutationTree

  init(_ key: String, _ value: MutationTree) {
    self.key = key
    self.value = value
  }
}

/// Where a value stands in its document.
typealias MutationPath = [MutationStep]

/// One step into a collection.
enum MutationStep: Hashable, Sendable, CustomStringConvertible {
  case key(String)
  case index(Int)

  var description: String {
    switch self {
    case .key(let name): name
    case .index(let index): "\(index)"
    }
  }

  var key: String? { if case .key(let name) = self { name } else { nil } }
}
