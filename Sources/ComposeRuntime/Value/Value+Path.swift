extension Value {
  // MARK: Steps of a path (language specification, section 4)

  /// The member of an object, or null when there is none or this is no object.
  package func member(_ key: String) -> Value {
    guard case .object(let object) = self else { return .null }
    return object[key] ?? .null
  }

  /// The element of a list, or null when it is out of range or this is no list.
  ///
  /// - Parameter index: negative counts from the end.
  package func element(at index: Int) -> Value {
    guard case .list(let list) = self, let position = position(index, in: list.count) else { return .null }
    return list[position]
  }

  /// The part of a list between two bounds, which are clamped; null when this is no list.
  ///
  /// - Parameters:
  ///   - from: the first element, negative counts from the end; `nil` is the beginning.
  ///   - to: behind the last element, negative counts from the end; `nil` is the end.
  package func slice(from: Int?, to: Int?) -> Value {
    guard case .list(let list) = self else { return .null }
    return .list(Array(list[clampedRange(from: from, to: to, in: list.count)]))
  }

  /// The rest of a path applied to every element of a list; null when this is no list. Null results are kept.
  package func wildcard<Failure: Error>(_ rest: (Value) throws(Failure) -> Value) throws(Failure) -> Value {
    guard case .list(let list) = self else { return .null }
    var results: [Value] = []
    results.reserveCapacity(list.count)
    for element in list { results.append(try rest(element)) }
    return .list(results)
  }

  // MARK: Directly after a root (section 3)

  /// What an index directly after the root gives: an element, a code point of a text, or a byte's number.
  package func rootElement(at index: Int) -> Value {
    switch self {
    case .text(let text):
      let scalars = Array(text.unicodeScalars)
      guard let position = position(index, in: scalars.count) else { return .null }
      return .text(String(scalars[position]))
    case .bytes(let bytes):
      guard let position = position(index, in: bytes.count) else { return .null }
      return .integer(Int(bytes[position]))
    default: return element(at: index)
    }
  }

  /// What a slice directly after the root gives: a part of a list, of a text by code points, or of bytes.
  package func rootSlice(from: Int?, to: Int?) -> Value {
    switch self {
    case .text(let text):
      let scalars = Array(text.unicodeScalars)
      var part = String.UnicodeScalarView()
      part.append(contentsOf: scalars[clampedRange(from: from, to: to, in: scalars.count)])
      return .text(String(part))
    case .bytes(let bytes): return .bytes(Array(bytes[clampedRange(from: from, to: to, in: bytes.count)]))
    default: return slice(from: from, to: to)
    }
  }
}

private func position(_ index: Int, in count: Int) -> Int? {
  let position = index < 0 ? index + count : index
  return position >= 0 && position < count ? position : nil
}

private func clampedRange(from: Int?, to: Int?, in count: Int) -> Range<Int> {
  func clamped(_ bound: Int) -> Int { min(max(bound < 0 ? bound + count : bound, 0), count) }
  let start = from.map(clamped) ?? 0
  let end = to.map(clamped) ?? count
  return start..<max(start, end)
}
