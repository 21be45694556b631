import ComposeConformance
import ComposeRuntime

/// How an answer compares with what the reference gives.
enum Verdict: Sendable {
  /// The same value of the same type, or both fail. A template that the checker refuses fails too.
  case same
  /// The reference gives a value, and this program refuses: the codes.
  case refused([String])
  /// The answer, which is another one.
  case different(OrderedObject)

  init(_ outcome: VectorOutcome, for vector: Vector) {
    let wanted = vector.wanted
    switch outcome {
    case .refusal(let codes): self = wanted["error"] == nil && vector.isPortable ? .refused(codes) : .same
    case .failure: self = wanted["error"] != nil || !vector.isPortable ? .same : .different(outcome.members)
    case .result(let members):
      let isSame =
        vector.isPortable
        ? Self.isSame(members, as: wanted)
        : members["expected_type"]?.displayText == wanted["expected_type"]?.displayText
      self = isSame ? .same : .different(members)
    }
  }

  private static func isSame(_ members: OrderedObject, as wanted: OrderedObject) -> Bool {
    guard members.count == wanted.count else { return false }
    return wanted.allSatisfy { name, value in
      guard let member = members[name] else { return false }
      // A reason in words is not compared: there is one or there is none.
      return name == "yaml_error" || withoutClasses(member).isIdentical(to: withoutClasses(value))
    }
  }

  /// The value without the class of the errors that end streams and resources.
  private static func withoutClasses(_ value: Value) -> Value {
    switch value {
    case .list(let items): return .list(items.map(withoutClasses))
    case .object(let object):
      let isTag = object["stream"] != nil || object["resource"] != nil
      return .object(
        OrderedObject(
          object.map { name, value in (name, isTag && name == "throws" ? .null : withoutClasses(value)) }))
    default: return value
    }
  }
}
