import ComposeRuntime
import FuzzSupport

@main enum FuzzJSON {
  static func main() { runFuzzer() }
}

/// What the reader takes prints and reads again as the same value, and the path scanner agrees with the reader.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = input(start, count)
  let read = Result { () throws(JSONError) in try parseJSON(bytes) }
  if case .success(let value) = read {
    checkPrinting(value)
    for path in paths(in: value) { check(path, in: value, bytes) }
  }
  for path in fixedPaths {
    switch (read, Result { () throws(JSONError) in try JSONPathScanner(path).value(in: bytes) }) {
    case (.success(let value), .success): check(path, in: value, bytes)
    case (.failure(let left), .failure(let right)):
      require(left == right, "the reader says \(left), the scanner \(right)")
    default: require(false, "only one of the reader and the scanner takes the text: \(path)")
    }
  }
  return 0
}

private func checkPrinting(_ value: Value) {
  require((try? parseJSON(value.jsonText))?.isIdentical(to: value) == true, "the JSON text reads as another value")
  require((try? parseJSON(value.indentedJSON))?.isIdentical(to: value) == true, "indented, it reads as another value")
  // NaN and the infinities cannot be said in a request.
  guard let compact = try? value.compactJSON() else { return }
  require((try? parseJSON(compact))?.isIdentical(to: value) == true, "compact, it reads as another value")
}

private func check(_ path: [JSONPathStep], in value: Value, _ bytes: [UInt8]) {
  let found = try? JSONPathScanner(path).value(in: bytes)
  require(found?.isIdentical(to: follow(path, in: value)) == true, "the scanner finds something else at \(path)")
}

private let fixedPaths: [[JSONPathStep]] = [
  [], [.key("a")], [.index(0)], [.index(-1)], [.key("choices"), .index(0), .key("delta"), .key("content")],
]

/// Some paths that lead somewhere: into the first and last members and elements.
private func paths(in value: Value, depth: Int = 0) -> [[JSONPathStep]] {
  guard depth < 4 else { return [] }
  switch value {
  case .list(let list):
    guard let first = list.first, let last = list.last else { return [] }
    let inside = paths(in: first, depth: depth + 1).map { [.index(0)] + $0 }
    return [[.index(0)], [.index(-list.count)], [.index(list.count)]] + inside
      + paths(in: last, depth: depth + 1).map { [.index(-1)] + $0 }
  case .object(let object):
    let keys = object.keys
    return keys.prefix(2).flatMap { key in
      [[JSONPathStep.key(key)]] + paths(in: value.member(key), depth: depth + 1).map { [.key(key)] + $0 }
    }
  default: return []
  }
}

private func follow(_ path: [JSONPathStep], in value: Value) -> Value {
  path.reduce(value) { value, step in
    switch step {
    case .key(let key): value.member(String(decoding: key, as: UTF8.self))
    case .index(let index): value.element(at: index)
    }
  }
}
