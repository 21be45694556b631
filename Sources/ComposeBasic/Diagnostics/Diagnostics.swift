/// What the stages found, as a value that they append to.
package struct Diagnostics: Sendable {
  package private(set) var all: [Diagnostic] = []

  package init() {}

  package mutating func emit(_ diagnostic: Diagnostic) { all.append(diagnostic) }

  package mutating func append(contentsOf other: Diagnostics) { all.append(contentsOf: other.all) }

  package var hasErrors: Bool { all.contains { $0.severity == .error } }

  package func count(of severity: Severity) -> Int {
    all.reduce(0) { $0 + ($1.severity == severity ? 1 : 0) }
  }

  /// Changes every finding in place, for what one stage knows about all of them.
  package mutating func update(_ change: (inout Diagnostic) -> Void) {
    for index in all.indices { change(&all[index]) }
  }

  /// Keeps the findings that the predicate accepts.
  package mutating func keep(where predicate: (Diagnostic) -> Bool) { all.removeAll { !predicate($0) } }

  /// Sorted by file, position, code and message, each finding once.
  package func sorted() -> [Diagnostic] {
    var seen: Set<Key> = []
    var keyed: [(key: Key, diagnostic: Diagnostic)] = []
    keyed.reserveCapacity(all.count)
    for diagnostic in all {
      let key = Key(diagnostic)
      if seen.insert(key).inserted { keyed.append((key, diagnostic)) }
    }
    return keyed.sorted { $0.key < $1.key }.map(\.diagnostic)
  }

  private struct Key: Hashable, Comparable {
    let range: SourceRange
    let code: String
    let message: String

    init(_ diagnostic: Diagnostic) {
      range = diagnostic.range
      code = diagnostic.code.id
      message = diagnostic.message
    }

    static func < (left: Key, right: Key) -> Bool {
      if left.range != right.range { return left.range < right.range }
      return (left.code, left.message) < (right.code, right.message)
    }
  }
}
