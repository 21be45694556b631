/// What identifies one run, and what its jobs see as `${context}`.
package struct Run: Sendable {
  package let id: String
  package let sessionID: String?
  package let metadata: Value

  package init(id: String, sessionID: String? = nil, metadata: Value = .null) {
    self.id = id
    self.sessionID = sessionID
    self.metadata = metadata
  }

  /// `task_id`, and `session_id` and `metadata` when they were given.
  var context: Value {
    var object = OrderedObject([("task_id", .text(id))])
    if let sessionID, !sessionID.isEmpty { object["session_id"] = .text(sessionID) }
    if case .object(let members) = metadata, !members.isEmpty { object["metadata"] = metadata }
    return .object(object)
  }

  /// A new run with an id that sorts by time: 48 bits of milliseconds and 80 random bits, in Crockford's base 32
  /// (the ULID specification).
  package static func new(
    milliseconds: UInt64, random: inout some RandomNumberGenerator, sessionID: String? = nil, metadata: Value = .null
  ) -> Run {
    let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    var id = ""
    for shift in stride(from: 45, through: 0, by: -5) { id.append(alphabet[Int((milliseconds >> UInt64(shift)) & 31)]) }
    for _ in 0..<16 { id.append(alphabet[Int.random(in: 0..<32, using: &random)]) }
    return Run(id: id, sessionID: sessionID, metadata: metadata)
  }
}
