extension Value {
  /// Whether a value counts as given where an empty one means the same as none, as Python's `bool` decides: not null,
  /// `false`, zero, and what is empty.
  package var isTruthy: Bool {
    switch self {
    case .null: false
    case .boolean(let value): value
    case .integer(let value): value != 0
    case .bigInteger: true
    case .number(let value): value != 0
    case .text(let text): !text.isEmpty
    case .bytes(let bytes): !bytes.isEmpty
    case .list(let list): !list.isEmpty
    case .object(let object): !object.isEmpty
    case .stream, .resource: true
    }
  }
}
