extension String {
  /// Without blanks, tabs and line breaks at both ends.
  package var trimmingBlanks: String {
    let isBlank: (Character) -> Bool = { $0.isWhitespace }
    guard let start = firstIndex(where: { !isBlank($0) }), let end = lastIndex(where: { !isBlank($0) }) else {
      return ""
    }
    return String(self[start...end])
  }

  /// Whether the text is digits with an optional sign, of any length.
  package var isDecimalDigits: Bool {
    let digits = first == "-" || first == "+" ? dropFirst() : self[...]
    return !digits.isEmpty && digits.allSatisfy { ("0"..."9").contains($0) }
  }

  /// Whether the reference's float conversion takes the text: digits with single underscores between them, a fraction,
  /// an exponent, or `nan`, `inf`, `infinity` in any case.
  package var isPythonFloat: Bool {
    let unsigned = first == "-" || first == "+" ? dropFirst() : self[...]
    if ["nan", "inf", "infinity"].contains(unsigned.lowercased()) { return true }
    guard !contains("__"), !hasPrefix("_"), !hasSuffix("_") else { return false }
    let plain = filter { $0 != "_" }
    guard plain.allSatisfy({ ("0"..."9").contains($0) || "+-.eE".contains($0) }) else { return false }
    return Double(plain.hasSuffix(".") ? plain + "0" : plain.hasPrefix(".") ? "0" + plain : plain) != nil
  }

  /// `0,7` as `0.7`, when that is a number.
  package var replacingCommaWithPoint: String? {
    guard contains(",") else { return nil }
    let text = String(map { $0 == "," ? "." : $0 })
    return Double(text) == nil ? nil : text
  }
}
