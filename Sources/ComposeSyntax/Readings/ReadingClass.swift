/// What a character may be a part of, in the reference's grammar.
struct ReadingClass: OptionSet {
  let rawValue: UInt8

  static let space = ReadingClass(rawValue: 1 << 0)
  static let word = ReadingClass(rawValue: 1 << 1)
  static let rootStart = ReadingClass(rawValue: 1 << 2)
  static let root = ReadingClass(rawValue: 1 << 3)
  static let path = ReadingClass(rawValue: 1 << 4)
  static let type = ReadingClass(rawValue: 1 << 5)
  static let subtype = ReadingClass(rawValue: 1 << 6)
  static let format = ReadingClass(rawValue: 1 << 7)

  /// Any character beyond ASCII that is not white space; whether it is a word character must be looked up.
  static let other: ReadingClass = [.root, .path, .type, .subtype, .format]

  /// The classes of the ASCII characters.
  static let ascii: [ReadingClass] = (0..<128).map { code in
    let scalar = Unicode.Scalar(UInt8(code))
    switch code {
    case 0x09...0x0D, 0x1C...0x20: return .space
    default: break
    }
    var result = other
    switch scalar {
    case "a"..."z", "A"..."Z", "_": result.formUnion([.word, .rootStart])
    case "0"..."9": result.insert(.word)
    case ".": result.remove(.root)
    case "|": result.remove(.path)
    case "/": result.remove(.type)
    case ";": result.subtract([.type, .subtype])
    case "[": result.subtract([.root, .type, .subtype])
    case "}": result = []
    default: break
    }
    return result
  }
}
