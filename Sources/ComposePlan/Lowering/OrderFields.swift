import ComposeBasic
import ComposeSema

extension [PlanField] {
  /// The fields in the order of their description, then others by name: that of the file says nothing.
  func ordered(by shape: ObjectShape?) -> [PlanField] {
    let names = shape?.fields.map(\.name) ?? []
    let ranks = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return sorted { left, right in
      let (first, second) = (left.name.value, right.name.value)
      return (ranks[first] ?? names.count, first) < (ranks[second] ?? names.count, second)
    }
  }
}
