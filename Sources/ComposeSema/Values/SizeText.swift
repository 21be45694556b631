import ComposeBasic

/// A text where a size in bytes is expected, read as the reference reads it when the value is used: a number, or a
/// number with `B`, `K`, `KB`, `M`, `MB`, `G` or `GB` in upper case, to the base 1024 (shape of files, section 5).
struct SizeText {
  let text: String

  init(_ text: String) { self.text = text }

  /// `nil` when the text is no size.
  var bytes: Double? {
    for (suffix, power) in [("GB", 3), ("G", 3), ("MB", 2), ("M", 2), ("KB", 1), ("K", 1), ("B", 0)]
    where text.hasSuffix(suffix) {
      return number(text.dropLast(suffix.count)).map { $0 * Self.kibi(power) }
    }
    return number(text[...])
  }

  /// The same size in a form that is understood, when it can be told: `50mb` is `50MB`, `1GiB` is `1GB`.
  var repaired: String? {
    let compact = text.uppercased().filter { !$0.isWhitespace }
    let digits = compact.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    guard let value = Double(String(digits)) else { return nil }
    switch compact.dropFirst(digits.count) {
    case "B", "BYTE", "BYTES": return digits + "B"
    case "K", "KB", "KIB": return digits + "KB"
    case "M", "MB", "MIB": return digits + "MB"
    case "G", "GB", "GIB": return digits + "GB"
    case "T", "TB", "TIB":
      return Int(exactly: value * 1024).map { "\($0)GB" }
    default: return nil
    }
  }

  private func number(_ text: Substring) -> Double? {
    let trimmed = String(text).trimmingBlanks
    return trimmed.isPythonFloat ? Double(trimmed.filter { $0 != "_" }) : nil
  }

  private static func kibi(_ power: Int) -> Double { (0..<power).reduce(1) { value, _ in value * 1024 } }
}
