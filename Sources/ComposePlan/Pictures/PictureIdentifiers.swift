/// Names for nodes that every notation takes: ASCII letters, digits and underscores, none twice.
///
/// The prefix keeps them from being words of the notation, such as `end` or `graph`.
struct PictureIdentifiers {
  private var used: Set<String> = []

  mutating func identifier(for id: String, prefix: String) -> String {
    let plain = id.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) ? Character(scalar) : "_"
    }
    let base = prefix + "_" + String(plain.prefix(60))
    var identifier = base
    var number = 2
    while !used.insert(identifier).inserted {
      identifier = "\(base)_\(number)"
      number += 1
    }
    return identifier
  }
}
