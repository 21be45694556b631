import ComposeBasic
import ComposeRuntime

/// What a field gives a method to work on: a vector or several, one for each result.
struct VectorOperand: Sendable {
  /// How many items there are.
  private enum Content {
    /// It goes with every item of the other operand.
    case one([[Double]])
    case many([[[Double]]])
    case stream(ValueStream)
  }

  private let content: Content
  private let field: String
  private let isArray: Bool
  private var taken = 0

  /// Reads a field that holds a vector: a list of numbers. A list of vectors is a batch.
  static func vector(_ value: Value, field: String) throws(VectorFault) -> VectorOperand {
    switch value {
    case .stream(let stream): return VectorOperand(.stream(stream), field, isArray: false)
    case .list(let list):
      guard case .list? = list.first else {
        return VectorOperand(.one([try numbers(list, field)]), field, isArray: false)
      }
      let items = try list.map { (item) throws(VectorFault) in [try vector(item, field)] }
      return VectorOperand(.many(items), field, isArray: false)
    default: throw VectorFault(field: field, message: "must be a list of numbers, not \(value.kindName)")
    }
  }

  /// Reads a field that holds a list of vectors. A list of such lists is a batch.
  ///
  /// - Parameter collected: what a stream of pieces held, which is one list.
  static func array(_ value: Value, collected: [Value]?, field: String) throws(VectorFault) -> VectorOperand {
    if let collected { return VectorOperand(.one(try vectors(collected, field)), field, isArray: true) }
    switch value {
    case .stream(let stream): return VectorOperand(.stream(stream), field, isArray: true)
    case .list(let list):
      guard case .list(let first)? = list.first, case .list? = first.first else {
        return VectorOperand(.one(try array(value, field)), field, isArray: true)
      }
      return VectorOperand(
        .many(try list.map { (item) throws(VectorFault) in try array(item, field) }), field, isArray: true)
    default: throw VectorFault(field: field, message: "must be a list of vectors, not \(value.kindName)")
    }
  }

  private init(_ content: Content, _ field: String, isArray: Bool) {
    self.content = content
    self.field = field
    self.isArray = isArray
  }

  /// Whether there is one item only, and so one result.
  var isOne: Bool {
    if case .one = content { true } else { false }
  }

  var stream: ValueStream? {
    if case .stream(let stream) = content { stream } else { nil }
  }

  /// The next item, as a list of vectors of which there is one where a vector is wanted; `nil` behind the last. A
  /// single one never ends.
  mutating func next(_ fields: ActionFields) async throws(RuntimeError) -> [[Double]]? {
    switch content {
    case .one(let item): return item
    case .many(let items):
      guard taken < items.count else { return nil }
      defer { taken += 1 }
      return items[taken]
    case .stream(let stream):
      guard let chunk = try await stream.next() else { return nil }
      do throws(VectorFault) {
        return isArray ? try Self.array(chunk, field) : [try Self.vector(chunk, field)]
      } catch {
        throw fields.failure(error.field, error.message)
      }
    }
  }

  // MARK: Reading

  private static func array(_ value: Value, _ field: String) throws(VectorFault) -> [[Double]] {
    guard case .list(let list) = value, case .list? = list.first else {
      throw VectorFault(field: field, message: "must be a list of vectors, and there is \(value.kindName) in its place")
    }
    return try vectors(list, field)
  }

  /// What is no vector is left out.
  private static func vectors(_ list: [Value], _ field: String) throws(VectorFault) -> [[Double]] {
    var vectors: [[Double]] = []
    vectors.reserveCapacity(list.count)
    for case .list(let vector) in list { vectors.append(try numbers(vector, field)) }
    return vectors
  }

  private static func vector(_ value: Value, _ field: String) throws(VectorFault) -> [Double] {
    guard case .list(let list) = value else {
      throw VectorFault(field: field, message: "must be a list of vectors, and there is \(value.kindName) in it")
    }
    return try numbers(list, field)
  }

  private static func numbers(_ list: [Value], _ field: String) throws(VectorFault) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(list.count)
    for element in list {
      switch element {
      case .number(let number): numbers.append(number)
      case .integer(let integer): numbers.append(Double(integer))
      // An absent number is not a number.
      case .null: numbers.append(.nan)
      case .boolean, .bigInteger, .text:
        guard let number = try? element.castNumber() else { fallthrough }
        numbers.append(number)
      default:
        throw VectorFault(field: field, message: "must hold numbers, and there is \(element.kindName) in it")
      }
    }
    return numbers
  }
}
