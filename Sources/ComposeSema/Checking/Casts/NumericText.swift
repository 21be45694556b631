/// The texts that `as integer` and `as number` read (language specification, section 8.1).
enum NumericText {
  /// White space around, one sign, decimal digits of any script with single underscores between them.
  static func isInteger(_ text: String) -> Bool {
    var scanner = Scanner(text)
    scanner.acceptSign()
    guard let count = scanner.digits() else { return false }
    return scanner.isAtEnd && count <= digitLimit
  }

  /// The same liberties plus fraction, exponent, `nan`, `inf` and `infinity`.
  static func isNumber(_ text: String) -> Bool {
    var scanner = Scanner(text)
    scanner.acceptSign()
    if ["nan", "inf", "infinity"].contains(scanner.rest.lowercased()) { return true }
    let whole = scanner.digits()
    var fraction: Int?
    if scanner.accept(".") { fraction = scanner.digits() }
    guard whole != nil || fraction != nil else { return false }
    if scanner.accept("e") || scanner.accept("E") {
      scanner.acceptSign()
      guard scanner.digits() != nil else { return false }
    }
    return scanner.isAtEnd
  }

  /// How many digits the reference turns into an integer.
  private static let digitLimit = 4300

  private struct Scanner {
    private let scalars: ArraySlice<Unicode.Scalar>
    private var index: Int

    init(_ text: String) {
      let all = Array(text.unicodeScalars)
      let start = all.firstIndex { !Self.isSpace($0) } ?? all.count
      let end = all.lastIndex { !Self.isSpace($0) }.map { $0 + 1 } ?? start
      scalars = all[start..<end]
      index = start
    }

    var isAtEnd: Bool { index == scalars.endIndex }

    var rest: String {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[index...])
      return String(text)
    }

    mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
      guard !isAtEnd, scalars[index] == scalar else { return false }
      index += 1
      return true
    }

    mutating func acceptSign() {
      if !accept("-") { _ = accept("+") }
    }

    /// How many digits stand here; `nil` when there is none or an underscore is not between two of them.
    mutating func digits() -> Int? {
      var count = 0
      while !isAtEnd {
        if scalars[index].properties.generalCategory == .decimalNumber {
          count += 1
        } else if scalars[index] == "_", count > 0, index + 1 < scalars.endIndex,
          scalars[index + 1].properties.generalCategory == .decimalNumber
        {
          // The digit behind it is counted in the next round.
        } else {
          break
        }
        index += 1
      }
      return count == 0 ? nil : count
    }

    /// The four separators of ASCII count as white space in the reference.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }
  }
}
