import ComposeSyntax

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

  private var entries: [String: Entry] = [:]
  /// The lines that could not be read.
  package private(set) var problems: [String] = []

  /// Reads lines of a type's name, the root, when there are chunks, and the value.
  package init(_ text: String) {
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
      guard words.count >= 4, let chunks = Chunks(rawValue: words[2]) else {
        problems.append(String(line))
        continue
      }
      var value = words[3...]
      var batchField: String?
      if value.first == "each" {
        batchField = value.dropFirst().first
        value = value.dropFirst(2)
      }
      guard let type = Type(notation: value.joined(separator: " ")) else {
        problems.append(String(line))
        continue
      }
      entries[words[0]] = Entry(
        root: words[1], chunks: chunks, value: type, batchField: batchField)
    }
  }

  /// The names that have an entry.
  package var names: [String] { entries.keys.sorted() }

  /// What an action of a component type gives; `nil` when there is no data at all.
  package subscript(type: String, method: String?) -> Entry? {
    method.flatMap { entries["\(type).\($0)"] } ?? entries[type] ?? anyMethod(of: type) ?? entries["*"]
  }

  /// The entry of a type that has entries for its methods only: what they have in common.
  private func anyMethod(of type: String) -> Entry? {
    guard let some = entries.filter({ $0.key.hasPrefix(type + ".") }).min(by: { $0.key < $1.key })?.value else {
      return nil
    }
    return Entry(root: some.root, chunks: some.chunks, value: .any, batchField: nil)
  }
}

extension Catalog {
  /// What actions give. Read anew each time.
  package var results: ResultCatalog { ResultCatalog(text("components.results") ?? "") }
}
