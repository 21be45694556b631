import ComposeBasic

/// How the bytes of a text answer stand for characters: the `charset` of its `Content-Type`.
enum CharacterSet: Sendable {
  case utf8
  case ascii
  case latin1
  case windows1252
  /// `nil` where a byte order mark tells; little end first without one.
  case utf16(isBigEndian: Bool?)

  /// The set that goes by that name (IANA's list of character sets, and Python's aliases); `nil` for another one.
  init?(_ name: String) {
    switch name.lowercased().replacing("_", with: "-") {
    case "utf-8", "utf8", "u8": self = .utf8
    case "us-ascii", "ascii", "646", "ansi-x3.4-1968", "iso646-us": self = .ascii
    case "iso-8859-1", "iso8859-1", "latin-1", "latin1", "l1", "8859", "cp819": self = .latin1
    case "windows-1252", "cp1252", "1252": self = .windows1252
    case "utf-16", "utf16", "u16": self = .utf16(isBigEndian: nil)
    case "utf-16le", "utf-16-le": self = .utf16(isBigEndian: false)
    case "utf-16be", "utf-16-be": self = .utf16(isBigEndian: true)
    default: return nil
    }
  }

  /// For messages.
  var name: String {
    switch self {
    case .utf8: "UTF-8"
    case .ascii: "ASCII"
    case .latin1: "ISO-8859-1"
    case .windows1252: "Windows-1252"
    case .utf16: "UTF-16"
    }
  }

  /// The text; `nil` when the bytes are none.
  func text(of bytes: [UInt8]) -> String? {
    switch self {
    case .utf8: return String(validating: bytes, as: UTF8.self)
    case .ascii: return bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
    case .latin1: return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case .windows1252:
      var scalars = String.UnicodeScalarView()
      for byte in bytes {
        guard let scalar = (0x80...0x9F).contains(byte) ? windows1252Characters[Int(byte) - 0x80] : Unicode.Scalar(byte)
        else {
          return nil
        }
        scalars.append(scalar)
      }
      return String(scalars)
    case .utf16(let isBigEndian): return Self.utf16Text(of: bytes, isBigEndian: isBigEndian)
    }
  }

  private static func utf16Text(of bytes: [UInt8], isBigEndian: Bool?) -> String? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    var bytes = bytes[...]
    var isBig = isBigEndian ?? false
    if isBigEndian == nil, bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
      isBig = bytes.first == 0xFE
      bytes = bytes.dropFirst(2)
    }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBig ? first << 8 | second : second << 8 | first)
      index += 2
    }
    return String(validating: units, as: UTF16.self)
  }
}

/// The characters of 0x80 to 0x9F (WHATWG Encoding, "windows-1252"; Python has none where this has `nil`).
private let windows1252Characters: [Unicode.Scalar?] = [
  "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil, nil, "‘", "’", "“", "”", "•", "–",
  "—",
  "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
]
