import ComposeBasic

/// A small picture in two colours: a mirrored pattern of tiles that follows from a text.
struct SandboxPicture: Sendable {
  /// 16 hexadecimal digits: 3 bytes of colour, and the tiles.
  private let code: String

  init(prompt: String, number: Int) {
    code = String(SHA256.digest(of: Array("\(number) \(prompt)".utf8).span).hexadecimal.prefix(16))
  }

  /// The picture at an address that ``url`` gave; `nil` for any other.
  init?(url: String) {
    guard url.hasPrefix(Self.address), url.hasSuffix(Self.ending) else { return nil }
    let code = url.dropFirst(Self.address.count).dropLast(Self.ending.count)
    guard code.count == 16, code.allSatisfy(\.isHexDigit) else { return nil }
    self.code = String(code)
  }

  // The domain is reserved (RFC 2606): it belongs to nobody, and only the sandbox answers there.
  private static let address = "https://sandbox.invalid/images/"
  private static let ending = ".png"

  /// Where the sandbox gives the picture; nobody else does.
  var url: String { Self.address + code + Self.ending }

  // MARK: PNG

  private static let tileCount = 5
  private static let tileSize = 16
  private static var size: Int { tileCount * tileSize }

  /// The picture as PNG (ISO/IEC 15948), one bit a pixel.
  var png: [UInt8] {
    let bytes = colours
    var header: [UInt8] = []
    append(UInt32(Self.size), to: &header)
    append(UInt32(Self.size), to: &header)
    header += [1, 3, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
      + chunk("PLTE", [0xF4, 0xF1, 0xEA, bytes[0], bytes[1], bytes[2]]) + chunk("IDAT", zlib(rows)) + chunk("IEND", [])
  }

  private var colours: [UInt8] {
    let digits = Array(code.utf8).map { UInt8(hexadecimal: $0) }
    return stride(from: 0, to: 16, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// The rows of pixels, each behind a byte that says that it is not filtered.
  private var rows: [UInt8] {
    let bits = colours[3...].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    func isSet(_ row: Int, _ column: Int) -> Bool {
      let mirrored = min(column, Self.tileCount - 1 - column)
      return bits >> UInt64(row * 3 + mirrored) & 1 == 1
    }
    var rows: [UInt8] = []
    for row in 0..<Self.size {
      rows.append(0)
      for start in stride(from: 0, to: Self.size, by: 8) {
        rows.append(isSet(row / Self.tileSize, start / Self.tileSize) ? 0xFF : 0)
      }
    }
    return rows
  }

  /// Not compressed (RFC 1950 and RFC 1951, section 3.2.4).
  private func zlib(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt16(bytes.count)
    var stream: [UInt8] = [0x78, 0x01, 0x01]
    for number in [count, ~count] { stream += [UInt8(truncatingIfNeeded: number), UInt8(number >> 8)] }
    stream += bytes
    var (low, high) = (UInt32(1), UInt32(0))
    for byte in bytes {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    append(high << 16 | low, to: &stream)
    return stream
  }

  private func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    append(UInt32(content.count), to: &bytes)
    let checked = Array(name.utf8) + content
    bytes += checked
    append(checksum(checked), to: &bytes)
    return bytes
  }

  private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var rest: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      rest ^= UInt32(byte)
      for _ in 0..<8 { rest = rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
    }
    return ~rest
  }

  /// The high byte first.
  private func append(_ number: UInt32, to bytes: inout [UInt8]) {
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(shift))) }
  }
}

extension UInt8 {
  /// The number that a hexadecimal digit stands for.
  fileprivate init(hexadecimal digit: UInt8) {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self = digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self = digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self = digit - UInt8(ascii: "A") + 10
    default: self = 0
    }
  }
}
