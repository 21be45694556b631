import ComposeBasic

/// Says that two parts of plans do the same: the SHA-256 of their canonical form.
///
/// The version of the canonical form is hashed ahead of it, so that hashes of different versions never agree.
package struct SemanticHash: Hashable, Sendable {
  /// Of the canonical form. Any change that gives the same plan another hash needs a new one.
  package static let version = 1

  private static let prefix = "sha256:"

  private let digest: SHA256.Digest

  /// - Parameter write: writes one value.
  package init(_ write: (inout CanonicalWriter) -> Void) {
    digest = CanonicalWriter.digest { writer in
      writer.integer(Self.version)
      write(&writer)
    }
  }

  /// The hash of one value.
  package init(of value: some CanonicallyWritable) {
    self.init { value.write(into: &$0) }
  }

  /// Reads what ``description`` prints; `nil` for anything else.
  package init?(_ text: String) {
    let digits = text.utf8.dropFirst(Self.prefix.utf8.count)
    guard text.hasPrefix(Self.prefix), digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for (index, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if index % 2 == 0 { bytes.append(value << 4) } else { bytes[index / 2] |= value }
    }
    guard let digest = SHA256.Digest(bytes: bytes) else { return nil }
    self.digest = digest
  }

  /// The first 12 digits, for people; use ``description`` to compare.
  package var short: String { String(digest.hexadecimal.prefix(12)) }
}

extension SemanticHash: Comparable {
  /// By the bytes: an order that says nothing, but is always the same.
  package static func < (left: SemanticHash, right: SemanticHash) -> Bool {
    left.digest < right.digest
  }
}

extension SemanticHash: CustomStringConvertible {
  /// `sha256:` and 64 digits in lower case.
  package var description: String { Self.prefix + digest.hexadecimal }
}

/// Inside of another hash: what depends on a part changes with it.
extension SemanticHash: CanonicallyWritable {
  package func write(into writer: inout CanonicalWriter) { writer.bytes(digest.bytes) }
}
