/// Which bytes of a representation a request asks for (RFC 9110, section 14).
enum ByteRange: Hashable {
  case whole
  case part(Range<Int>)
  /// There are no such bytes.
  case unsatisfiable

  /// - Parameters:
  ///   - header: the value of `Range`. Another unit, several ranges and what is malformed ask for everything.
  ///   - size: how many bytes there are.
  init(_ header: String?, size: Int) {
    self = .whole
    guard let header, header.lowercased().hasPrefix("bytes=") else { return }
    let range = header.dropFirst("bytes=".count).filter { $0 != " " && $0 != "\t" }
    guard let dash = range.firstIndex(of: "-") else { return }
    let (first, last) = (range[..<dash], range[range.index(after: dash)...])
    guard Self.isDigits(first), Self.isDigits(last), !first.isEmpty || !last.isEmpty else { return }
    // A number that is too large is larger than every size.
    let end = last.isEmpty ? Int.max : Int(last) ?? .max
    if first.isEmpty {
      self = end == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - end)..<size)
    } else {
      let start = Int(first) ?? .max
      guard start <= end else { return }
      self = start < size ? .part(start..<min(size, end == .max ? size : end + 1)) : .unsatisfiable
    }
  }

  private static func isDigits(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
