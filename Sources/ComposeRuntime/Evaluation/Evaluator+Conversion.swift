import ComposePlan

extension Evaluator {
  /// A conversion with its attributes rendered; `nil` when there is none.
  func conversion(_ cast: PlanCast?) async throws(RuntimeError) -> Conversion? {
    guard let cast else { return nil }
    return Conversion(
      cast.type, isList: cast.isList, subtype: cast.subtype, attributes: try await attributes(cast.attributes),
      format: cast.format, context: scope.conversion)
  }

  /// Attributes are always decoded, also where the value itself stays as it is.
  private func attributes(_ members: [PlanMember]) async throws(RuntimeError) -> OrderedObject {
    if members.isEmpty { return OrderedObject() }
    var decoding = self
    decoding.scope.conversion.keepsEncoded = false
    var attributes = OrderedObject()
    for member in members { attributes[member.key] = try await decoding.evaluate(member.value) }
    return attributes
  }
}
