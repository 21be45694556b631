/// The seconds that a duration text stands for (language specification, section 14): a number, a number with one of the
/// suffixes ms, s, m, h, d, or `h:m:s`. `nil` when it is none of these.
package func seconds(inDuration text: String) -> Double? {
  if text.contains(":") {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let last = Double(parts[parts.count - 1]) else { return nil }
    let whole = parts.dropLast().map { Int($0) }
    guard !whole.contains(nil) else { return nil }
    return whole.reduce(0.0) { $0 * 60 + Double($1 ?? 0) } * 60 + last
  }
  for (suffix, factor) in [("ms", 0.001), ("s", 1.0), ("m", 60.0), ("h", 3600.0), ("d", 86400.0)]
  where text.hasSuffix(suffix) {
    let number = text.dropLast(suffix.count)
    let trimmed = number.last == " " ? number.dropLast() : number
    return Double(trimmed).map { $0 * factor }
  }
  return Double(text)
}
