/// Converts libyaml's positions, which count code points, to byte offsets in constant time.
struct CharacterIndex {
  private let bytes: [UInt8]
  /// The byte offset of every 64th character; empty when all characters are single bytes.
  private let checkpoints: [Int]
  private static let stride = 64

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    guard bytes.contains(where: { $0 >= 0x80 }) else {
      checkpoints = []
      return
    }
    var checkpoints: [Int] = []
    checkpoints.reserveCapacity(bytes.count / Self.stride + 1)
    var characters = 0
    for (offset, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
      if characters % Self.stride == 0 { checkpoints.append(offset) }
      characters += 1
    }
    self.checkpoints = checkpoints
  }

  /// The byte offset of a character, by its number in the text.
  func byteOffset(ofCharacter number: Int) -> Int {
    guard !checkpoints.isEmpty else { return min(number, bytes.count) }
    let checkpoint = number / Self.stride
    guard checkpoint < checkpoints.count else { return bytes.count }
    var offset = checkpoints[checkpoint]
    var remaining = number % Self.stride
    while remaining > 0, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      remaining -= 1
    }
    return offset
  }
}
