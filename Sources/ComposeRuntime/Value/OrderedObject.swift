/// Members in the order of their first insertion, found by key.
///
/// Replacing a member keeps its position. Small objects, which most are, are searched from the front; a larger one
/// has an index. Keys are compared by code points, as in JSON.
package struct OrderedObject: Sendable, Sequence, ExpressibleByDictionaryLiteral {
  /// A key with its value.
  package typealias Member = (key: String, value: Value)

  private var members: [Entry]
  /// Positions by key, only while there are more members than `searchLimit`.
  private var positions: [CodePointKey: Int]?

  private static let searchLimit = 16

  /// A member as it is kept: arrays of tuples are copied and freed more slowly than arrays of structures.
  fileprivate struct Entry {
    let key: String
    var value: Value
  }

  package init() { members = [] }

  /// The last of several members with the same key wins, at the position of the first.
  package init(_ members: [(String, Value)]) {
    self.members = []
    self.members.reserveCapacity(members.count)
    for (key, value) in members { self[key] = value }
  }

  package init(dictionaryLiteral members: (String, Value)...) { self.init(members) }

  /// The member's value, or `nil` when there is no such member; setting `nil` takes the member away.
  package subscript(key: String) -> Value? {
    get {
      guard let position = position(of: key) else { return nil }
      return members[position].value
    }
    set {
      switch (position(of: key), newValue) {
      case (let position?, let value?): members[position].value = value
      case (nil, let value?): append(key, value)
      case (let position?, nil):
        members.remove(at: position)
        rebuildPositions()
      case (nil, nil): break
      }
    }
  }

  package var count: Int { members.count }
  package var isEmpty: Bool { members.isEmpty }
  package var underestimatedCount: Int { members.count }

  /// The keys in order.
  package var keys: [String] { members.map(\.key) }

  package func makeIterator() -> Iterator { Iterator(members: members.makeIterator()) }

  /// Goes over the members in order.
  package struct Iterator: IteratorProtocol {
    fileprivate var members: IndexingIterator<[Entry]>

    package mutating func next() -> Member? { members.next().map { ($0.key, $0.value) } }
  }

  // MARK: Building

  /// Makes room for members that are about to come.
  mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

  /// Adds a member whose key is known not to be there yet, without looking for it.
  mutating func append(_ key: String, _ value: Value) {
    members.append(Entry(key: key, value: value))
    if positions != nil {
      positions?[CodePointKey(key)] = members.count - 1
    } else if members.count > Self.searchLimit {
      rebuildPositions()
    }
  }

  // MARK: Positions

  private func position(of key: String) -> Int? {
    if let positions { return positions[CodePointKey(key)] }
    for position in members.indices where members[position].key.hasSameCodePoints(as: key) { return position }
    return nil
  }

  private mutating func rebuildPositions() {
    guard members.count > Self.searchLimit else {
      positions = nil
      return
    }
    var positions: [CodePointKey: Int] = [:]
    positions.reserveCapacity(members.count * 2)
    for (position, member) in members.enumerated() { positions[CodePointKey(member.key)] = position }
    self.positions = positions
  }
}
