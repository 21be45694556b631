import ComposeSema

/// What a value may be, in the words of `Fixtures/catalog/facts.jsonl` (`scripts/catalog-facts` describes them).
indirect enum FactKind: Hashable {
  /// `text`, `null`, `integer(1..)`, and `=word` for a word.
  case word(String)
  case list(Set<FactKind>)
  case map(Set<FactKind>)
}

/// The kinds of a value, and the objects that it may be.
struct FactKinds {
  var kinds: Set<FactKind> = []
  /// Names of objects, each with the variant that is its default here.
  var objects: [(name: String, tag: String?)] = []

  init() {}

  /// Reads kinds as a line writes them.
  init(_ text: String) {
    var rest = text[...]
    self.init(reading: &rest)
  }

  private init(reading rest: inout Substring) {
    self.init()
    while let first = rest.first, first != ")" {
      if first == " " {
        rest.removeFirst()
      } else if let inner = Self.inner("list(", &rest) {
        add(list: inner)
      } else if let inner = Self.inner("map(", &rest) {
        objects += inner.objects
        kinds.insert(inner.kinds == [.word("any")] ? .word("object") : .map(inner.kinds))
      } else {
        add(word: Self.word(&rest))
      }
    }
  }

  private static func inner(_ start: String, _ rest: inout Substring) -> FactKinds? {
    guard rest.hasPrefix(start) else { return nil }
    rest.removeFirst(start.count)
    defer { rest.removeFirst() }
    return FactKinds(reading: &rest)
  }

  /// A word up to a blank or the end of the list; its own brackets belong to it.
  private static func word(_ rest: inout Substring) -> String {
    var word = ""
    var depth = 0
    while let first = rest.first, first != " ", first != ")" || depth > 0 {
      if first == "(" { depth += 1 }
      if first == ")" { depth -= 1 }
      word.append(rest.removeFirst())
    }
    return word
  }

  private mutating func add(word: String) {
    guard word.hasPrefix("@") else {
      kinds.insert(.word(word))
      return
    }
    let sides = word.dropFirst().split(separator: "=", maxSplits: 1).map(String.init)
    objects.append((sides[0], sides.count > 1 ? sides[1] : nil))
  }

  /// Lists of several forms are one list of all that they hold.
  private mutating func add(list inner: FactKinds) {
    objects += inner.objects
    var elements = inner.kinds
    for case .list(let others) in kinds { elements.formUnion(others) }
    kinds = kinds.filter { if case .list = $0 { false } else { true } }
    kinds.insert(.list(elements))
  }
}

extension FactKinds {
  /// The kinds that a shape's type says.
  init(_ type: ShapeType, isRendered: Bool = false) {
    self.init()
    switch type {
    case .any: kinds = [.word("any")]
    case .null: kinds = [.word("null")]
    case .text, .reference, .kind(.url), .kind(.path), .kind(.timestamp), .kind(.rate): kinds = [.word("text")]
    case .kind(.forward): kinds = [.word("text")]
    case .kind(.duration): kinds = [.word("duration")]
    case .kind(.size): kinds = [.word("size")]
    case .boolean: kinds = Self.scalar("boolean", isRendered)
    case .integer, .exactInteger: kinds = Self.scalar("integer", isRendered)
    case .number: kinds = Self.scalar("number", isRendered)
    case .port: kinds = [.word("integer(1..65535)")]
    case .choice(let words): kinds = words.isEmpty ? [.word("none")] : Set(words.map { .word("=" + $0) })
    case .bounded(.integer, let bounds), .bounded(.exactInteger, let bounds):
      kinds = Self.scalar("integer" + bounds.text, isRendered)
    case .bounded(.number, let bounds): kinds = Self.scalar("number" + bounds.text, isRendered)
    case .bounded(let inner, _), .unique(let inner): self = FactKinds(inner, isRendered: isRendered)
    case .rendered(let inner): self = FactKinds(inner, isRendered: true)
    case .openObject: kinds = [.word("object")]
    case .map(let element):
      let inner = FactKinds(element, isRendered: isRendered)
      objects = inner.objects
      kinds = [inner.kinds == [.word("any")] ? .word("object") : .map(inner.kinds)]
    case .list(let element): add(list: FactKinds(element, isRendered: isRendered))
    case .tuple(let elements): for element in elements { add(list: FactKinds(element, isRendered: isRendered)) }
    case .named(let name): objects = [(name, nil)]
    case .tag: kinds = []
    case .union(let members):
      for member in members {
        let one = FactKinds(member)
        objects += one.objects
        for kind in one.kinds {
          if case .list(let elements) = kind {
            var list = FactKinds()
            list.kinds = elements
            add(list: list)
          } else {
            kinds.insert(kind)
          }
        }
      }
    }
  }

  /// Where an expression may stand, a text may.
  private static func scalar(_ word: String, _ isRendered: Bool) -> Set<FactKind> {
    isRendered ? [.word(word), .word("text")] : [.word(word)]
  }

  /// The same, with durations and sizes written as what the other side calls them, if it does not know them as such.
  func adapted(to other: Set<FactKind>) -> Set<FactKind> {
    Self.adapted(kinds, to: other)
  }

  private static func adapted(_ kinds: Set<FactKind>, to other: Set<FactKind>) -> Set<FactKind> {
    var result: Set<FactKind> = []
    for kind in kinds {
      switch kind {
      case .word("duration"), .word("size"):
        if other.contains(kind) {
          result.insert(kind)
        } else {
          result.formUnion(other.intersection([.word("text"), .word("number"), .word("integer")]))
        }
      case .list(let elements):
        for case .list(let others) in other { result.insert(.list(adapted(elements, to: others))) }
      default: result.insert(kind)
      }
    }
    return result
  }
}

extension ShapeBounds {
  fileprivate var text: String {
    func number(_ value: Double) -> String { Int(exactly: value).map { String($0) } ?? "\(value)" }
    if let lower, excludesLower { return "(>\(number(lower)))" }
    return "(\(lower.map(number) ?? "")..\(upper.map(number) ?? ""))"
  }
}
