extension Value {
  /// What Python walks over: elements of a list, code points of a text, keys of an object, numbers of bytes. `nil` for
  /// every other kind.
  var iterated: [Value]? {
    switch self {
    case .list(let list): list
    case .text(let text): text.unicodeScalars.map { .text(String($0)) }
    case .object(let object): object.keys.map { .text($0) }
    case .bytes(let bytes): bytes.map { .integer(Int($0)) }
    case .null, .boolean, .integer, .bigInteger, .number, .stream, .resource: nil
    }
  }
}
