import ComposeBasic
import Testing

/// The vectors are those of NIST for FIPS 180-4.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func vectors(_ text: String, _ expected: String) {
    var hash = SHA256()
    hash.update(text)
    #expect(hash.digest().hexadecimal == expected)
    #expect(SHA256.digest(of: Array(text.utf8).span) == hash.digest())
  }

  @Test func millionLetters() {
    let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
    var hash = SHA256()
    for _ in 0..<1000 { hash.update(piece.span) }
    #expect(hash.digest().hexadecimal == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// Of every length around the limits of blocks, fed at once, byte by byte and in two pieces.
  @Test func cutsMakeNoDifference() {
    let bytes = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var single = SHA256()
    var digests: Set<SHA256.Digest> = []
    for length in 0...bytes.count {
      let whole = SHA256.digest(of: Array(bytes.prefix(length)).span)
      #expect(single.digest() == whole, "\(length)")
      for cut in [length / 3, length - min(length, 1), min(length, 63), min(length, 64)] {
        var hash = SHA256()
        hash.update(Array(bytes[..<cut]).span)
        hash.update(Array(bytes[cut..<length]).span)
        #expect(hash.digest() == whole, "\(length) cut at \(cut)")
      }
      digests.insert(whole)
      if length < bytes.count { single.update([bytes[length]].span) }
    }
    #expect(digests.count == bytes.count + 1)
  }

  /// Lengths on both sides of the place where the padding needs a block of its own.
  @Test(arguments: [
    (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
    (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
    (57, "f13b2d724659eb3bf47f2dd6af1accc87b81f09f59f2b75e5c0bed6589dfe8c6"),
    (63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
    (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    (65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"),
    (119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"),
    (120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"),
    (128, "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013afb73e"),
  ])
  func lengthsAroundTheBlock(_ length: Int, _ expected: String) {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
    #expect(SHA256.digest(of: bytes.span).hexadecimal == expected)
  }

  @Test func digestsAreBytes() {
    let digest = SHA256().digest()
    #expect(digest.bytes.prefix(4) == [0xE3, 0xB0, 0xC4, 0x42])
    #expect(SHA256.Digest(bytes: digest.bytes) == digest)
    #expect(SHA256.Digest(bytes: Array(digest.bytes.dropLast())) == nil)
    #expect(SHA256.Digest(bytes: digest.bytes + [0]) == nil)
  }
}
