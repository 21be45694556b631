/// What one code point must be.
enum ScalarTest: Sendable {
  case literal(Unicode.Scalar, ScalarFolding)
  case any
  case anyButLineFeed
  case set(ScalarSet)

  func matches(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .literal(let literal, let folding): scalar == literal || folding.equates(scalar, literal)
    case .any: true
    case .anyButLineFeed: scalar != "\n"
    case .set(let set): set.contains(scalar)
    }
  }
}

/// `[…]`, or a class such as `\d`.
struct ScalarSet: Sendable {
  var ranges: [ClosedRange<Unicode.Scalar>] = []
  var classes: [ScalarClass] = []
  var isNegated = false
  var folding = ScalarFolding.none

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    folding.forms(of: scalar).contains(where: isListed) != isNegated
  }

  private func isListed(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar) } || classes.contains { $0.contains(scalar) }
  }
}

/// `\d`, `\s`, `\w` and their opposites.
struct ScalarClass: Hashable, Sendable {
  enum Kind: Sendable {
    case digit
    case space
    case word
  }

  let kind: Kind
  let isNegated: Bool
  /// Whether only ASCII characters belong to it.
  let ascii: Bool

  func contains(_ scalar: Unicode.Scalar) -> Bool { (ascii && !scalar.isASCII ? false : isOfKind(scalar)) != isNegated }

  /// Python's `isdecimal`, `isspace`, and `isalnum` with the underscore. Combining marks are no word characters.
  private func isOfKind(_ scalar: Unicode.Scalar) -> Bool {
    switch kind {
    case .digit: return scalar.properties.generalCategory == .decimalNumber
    case .space:
      switch scalar.value {
      case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return true
      // Python's `isspace` has the four separators of ASCII, but they are no spaces where only ASCII counts.
      case 0x1C...0x1F: return !ascii
      default: return false
      }
    case .word:
      if scalar == "_" { return true }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
        return true
      default: return scalar.properties.numericType != nil
      }
    }
  }
}

/// Which differences of case do not count.
enum ScalarFolding: Sendable {
  case none
  case ascii
  case unicode

  func equates(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    switch self {
    case .none: left == right
    case .ascii: left.isASCII && right.isASCII && left.asciiLowercased == right.asciiLowercased
    case .unicode: left == right || left.lowercased == right.lowercased || left.uppercased == right.uppercased
    }
  }

  /// The code points that count as this one.
  func forms(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    switch self {
    case .none: [scalar]
    case .ascii: scalar.isASCII ? [scalar, scalar.asciiLowercased, scalar.asciiUppercased] : [scalar]
    case .unicode: [scalar, scalar.lowercased, scalar.uppercased]
    }
  }
}

extension Unicode.Scalar {
  /// The simple mapping: one that gives several code points does not count.
  fileprivate var lowercased: Unicode.Scalar { Self.only(properties.lowercaseMapping) ?? self }

  fileprivate var uppercased: Unicode.Scalar { Self.only(properties.uppercaseMapping) ?? self }

  fileprivate var asciiLowercased: Unicode.Scalar {
    ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) | 0x20) : self
  }

  fileprivate var asciiUppercased: Unicode.Scalar {
    ("a"..."z").contains(self) ? Unicode.Scalar(UInt8(value) & ~0x20) : self
  }

  private static func only(_ text: String) -> Unicode.Scalar? {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { return nil }
    return first
  }
}

/// Whether a code point belongs to a word, as `\w` of a pattern means it.
package func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
  ScalarClass(kind: .word, isNegated: false, ascii: false).contains(scalar)
}
