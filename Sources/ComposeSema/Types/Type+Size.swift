extension Type {
  /// How many types may be written inside one another before the whole counts as not known.
  private static let sizeLimit = 5000

  /// The type, or `any` when it has grown out of all proportion: values that hold another twice, step after step, would
  /// double their types each time.
  var bounded: Type {
    var budget = Self.sizeLimit
    return fits(&budget) ? self : .any
  }

  private func fits(_ budget: inout Int) -> Bool {
    budget -= 1
    guard budget > 0 else { return false }
    switch self {
    case .list(let element), .stream(let element, _): return element.fits(&budget)
    case .union(let members):
      for member in members where !member.fits(&budget) { return false }
      return true
    case .object(let object):
      for member in object.members where !member.type.fits(&budget) { return false }
      return object.rest?.fits(&budget) ?? true
    default: return true
    }
  }
}
