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

  /// A new run with an id that sorts by time.
  package static func new(
    milliseconds: UInt64, random: inout some RandomNumberGenerator, sessionID: String? = nil, metadata: Value = .null
  ) -> Run {
    Run(id: id(milliseconds: milliseconds, random: &random), sessionID: sessionID, metadata: metadata)
  }

  /// 48 bits of milliseconds and 80 random bits, in Crockford's base 32 (the ULID specification).
  static func id(milliseconds: UInt64, random: inout some RandomNumberGenerator) -> String {
    let alphabet: StaticString = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    return String(unsafeUninitializedCapacity: 26) { bytes in
      let letters = alphabet.utf8Start
      for position in 0..<10 { bytes[position] = letters[Int((milliseconds >> UInt64(45 - 5 * position)) & 31)] }
      let (high, low) = (random.next(), random.next())
      for position in 0..<12 { bytes[10 + position] = letters[Int((high >> UInt64(5 * position)) & 31)] }
      for position in 0..<4 { bytes[22 + position] = letters[Int((low >> UInt64(5 * position)) & 31)] }
      return 26
    }
  }
}
