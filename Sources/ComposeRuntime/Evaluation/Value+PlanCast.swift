package import ComposePlan

extension Value {
  /// The value after `as …`; it is not null.
  package func converted(by cast: PlanCast) throws(RuntimeError) -> Value {
    if cast.type == "stream" { return try encoded(as: cast.subtype == "json" ? .json : .text) }
    // `select` and `slider` describe a form field and `any` nothing: the value passes.
    guard let type = CastType(rawValue: cast.type) else {
      guard PlanCast.passingTypes.contains(cast.type) else {
        throw RuntimeError(.unsupported, "'as \(cast.type)' is not run by this version")
      }
      return self
    }
    let fields = type == .object ? try cast.fieldSelections() : []
    return try convert(
      self, to: type, isList: cast.isList, fields: fields, format: cast.format.flatMap(CastFormat.init(rawValue:)))
  }
}

extension PlanCast {
  /// The types that describe a value and do not change it.
  static let passingTypes: Set<String> = ["select", "slider", "any"]

  /// Why this version does not run the conversion; `nil` when it does.
  package var refusal: String? {
    if let format, CastFormat(rawValue: format) == nil { return "';\(format)' is not run by this version" }
    if type == "stream" || CastType(rawValue: type) != nil || Self.passingTypes.contains(type) { return nil }
    return "'as \(type)' is not run by this version"
  }

  fileprivate func fieldSelections() throws(RuntimeError) -> [FieldSelection] {
    guard let subtype else { return [] }
    return FieldSelection.parse(subtype)
  }
}
