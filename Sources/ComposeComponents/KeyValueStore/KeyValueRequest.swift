import ComposeRuntime

/// What an action asks of a store: one thing for each of its keys.
enum KeyValueRequest: Sendable {
  struct Pair: Sendable {
    let key: Value
    let value: Value
  }

  /// Gives the values, null for keys that are not there.
  case get([Value])
  /// Gives true for each; `seconds` is how long the values are kept.
  case set([Pair], seconds: Double?)
  /// Gives for each key whether it was there.
  case delete([Value])
  case exists([Value])

  /// The same with other values.
  func mapValues(_ transform: (Value) throws(RuntimeError) -> Value) throws(RuntimeError) -> KeyValueRequest {
    guard case .set(let pairs, let seconds) = self else { return self }
    var mapped: [Pair] = []
    mapped.reserveCapacity(pairs.count)
    for pair in pairs { mapped.append(Pair(key: pair.key, value: try transform(pair.value))) }
    return .set(mapped, seconds: seconds)
  }

  /// Under which member of its result the answer for a key stands.
  var answer: String {
    switch self {
    case .get: "value"
    case .set: "success"
    case .delete: "deleted"
    case .exists: "exists"
    }
  }

  var keys: [Value] {
    switch self {
    case .get(let keys), .delete(let keys), .exists(let keys): keys
    case .set(let pairs, _): pairs.map(\.key)
    }
  }
}

/// Where a store keeps its values.
protocol KeyValueBackend: Sendable {
  /// Makes the store ready. Calls do so too, where it was not done.
  func open() async throws(RuntimeError)

  /// The answers, one for each key in order. Either all of the request is done or nothing.
  func perform(_ request: KeyValueRequest, on clock: any RunClock) async throws(RuntimeError) -> [Value]

  func close() async
}

/// What an action of a store asks for, read from its fields.
struct KeyValueAction {
  let request: KeyValueRequest
  /// Whether the field named one key and no list: then the result is no list either.
  let isSingle: Bool

  init(_ fields: ActionFields) async throws(RuntimeError) {
    let method = try await fields.text("method") ?? ""
    let key = try await fields.value("key")
    let keys: [Value]
    switch key {
    // No key is no request, in the reference as well.
    case .null where method != "set": (keys, isSingle) = ([], false)
    case .list(let list): (keys, isSingle) = (list, false)
    default: (keys, isSingle) = ([key], true)
    }
    for key in keys where !key.isKey {
      throw fields.failure("key", "must be text, or a list of texts, not \(key.kindName)")
    }
    // All keys are handled at once, whatever the number says.
    _ = try await fields.integer("batch_size")
    switch method {
    case "get": request = .get(keys)
    case "delete": request = .delete(keys)
    case "exists": request = .exists(keys)
    case "set":
      let pairs = try Self.pairs(keys, isSingle: isSingle, try await fields.value("value"), fields)
      request = .set(pairs, seconds: try await fields.seconds("ttl"))
    default: throw fields.failure("method", "must be get, set, delete or exists, not '\(method)'")
    }
  }

  /// One key gets the value as it is, even a list. Several keys get one each from a list, or all the same.
  private static func pairs(
    _ keys: [Value], isSingle: Bool, _ value: Value, _ fields: ActionFields
  ) throws(RuntimeError) -> [KeyValueRequest.Pair] {
    if isSingle, keys[0].isNull { throw fields.failure("key", "must be text, or a list of texts, not null") }
    var values = [value]
    if !isSingle, case .list(let list) = value { values = list }
    if values.count == 1, keys.count > 1 { values = Array(repeating: values[0], count: keys.count) }
    guard keys.count == values.count else {
      throw fields.failure("value", "has \(values.count) values for \(keys.count) keys")
    }
    return zip(keys, values).map { KeyValueRequest.Pair(key: $0, value: $1) }
  }
}

extension Value {
  fileprivate var isKey: Bool {
    switch self {
    case .null, .boolean, .integer, .bigInteger, .number, .text, .bytes: true
    case .list, .object, .stream, .resource: false
    }
  }
}
