import ComposeSyntax
import Synchronization

/// What the actions of each component type give, and under which names their outputs see it (language specification,
/// section 10.3).
package struct ResultCatalog: Sendable {
  /// When the output of an action is rendered once per chunk, with the chunk under `root[]`.
  package enum Chunks: String, Sendable {
    /// Never: there is no `root[]`.
    case none
    /// When the action streams, which depends on what it is given.
    case chunks
    /// Only with `streaming: true`; the field that may hold several lists holds one otherwise.
    case streaming
  }

  /// What one kind of action gives.
  package struct Entry: Sendable {
    /// `response`, `result` or `output`.
    package let root: String
    package let chunks: Chunks
    package let value: Type
    /// The field which, when it holds a list, makes the action give a list of values.
    package let batchField: String?
  }

  /// What stands behind each name. A file asks for few of them.
  private var lines: [String: Line] = [:]
  /// The lines that have less than a name, a root, a word about chunks, and a value.
  private var broken: [String] = []

  /// Reads lines of a type's name, the root, when there are chunks, and the value.
  package init(_ text: String) {
    for line in text.lines where line.utf8.first != UInt8(ascii: "#") {
      let words = line.words
      if words.count >= 4 {
        lines[String(words[0])] = Line(text: line, words: words)
      } else if !words.isEmpty {
        broken.append(String(line))
      }
    }
  }

  /// The lines that cannot be read. This reads them all.
  package var problems: [String] {
    broken + names.compactMap { lines[$0] }.filter { $0.entry == nil }.map { String($0.text) }
  }

  /// The names that have an entry.
  package var names: [String] { lines.keys.sorted() }

  /// What an action of a component type gives; `nil` when there is no data at all.
  package subscript(type: String, method: String?) -> Entry? {
    method.flatMap { lines["\(type).\($0)"]?.entry } ?? lines[type]?.entry ?? anyMethod(of: type) ?? lines["*"]?.entry
  }

  /// The entry of a type that has entries for its methods only: what they have in common.
  private func anyMethod(of type: String) -> Entry? {
    guard let some = lines.filter({ $0.key.hasPrefix(type + ".") }).min(by: { $0.key < $1.key })?.value.entry else {
      return nil
    }
    return Entry(root: some.root, chunks: some.chunks, value: .any, batchField: nil)
  }
}

extension ResultCatalog {
  /// A line, read when its type is first asked for.
  fileprivate final class Line: Sendable {
    private enum State {
      case unread
      case read(Entry?)
    }

    let text: Substring
    private let words: [Substring]
    private let state = Mutex(State.unread)

    init(text: Substring, words: [Substring]) {
      self.text = text
      self.words = words
    }

    /// `nil` when the line cannot be read.
    var entry: Entry? {
      state.withLock { state in
        if case .read(let entry) = state { return entry }
        let entry = read()
        state = .read(entry)
        return entry
      }
    }

    private func read() -> Entry? {
      guard let chunks = Chunks(rawValue: String(words[2])) else { return nil }
      var value = words[3...]
      var batchField: String?
      if value.first == "each" {
        batchField = value.dropFirst().first.map { String($0) }
        value = value.dropFirst(2)
      }
      guard let type = Type(notation: value.joined(separator: " ")) else { return nil }
      return Entry(root: String(words[1]), chunks: chunks, value: type, batchField: batchField)
    }
  }
}

extension Catalog {
  /// What actions give. Read anew each time.
  package var results: ResultCatalog { ResultCatalog(text("components.results") ?? "") }
}
