import ComposeBasic
import ComposePlan
import Testing

/// Examples of RFC 8949, appendix A, as far as they are deterministic.
@Suite struct CanonicalWriterTests {
  @Test(arguments: [
    (0, "00"), (1, "01"), (10, "0a"), (23, "17"), (24, "1818"), (25, "1819"), (100, "1864"), (255, "18ff"),
    (256, "190100"), (1000, "1903e8"), (65535, "19ffff"), (65536, "1a00010000"), (1_000_000, "1a000f4240"),
    (4_294_967_295, "1affffffff"), (4_294_967_296, "1b0000000100000000"), (1_000_000_000_000, "1b000000e8d4a51000"),
    (Int.max, "1b7fffffffffffffff"), (Int.min, "3b7fffffffffffffff"), (-1, "20"), (-10, "29"), (-24, "37"),
    (-25, "3818"), (-100, "3863"), (-1000, "3903e7"),
  ])
  func integers(_ value: Int, _ expected: String) {
    #expect(hexadecimal { $0.integer(value) } == expected)
    #expect(hexadecimal { $0.integer(digits: String(value)) } == expected)
  }

  @Test(arguments: [
    ("18446744073709551615", "1bffffffffffffffff"), ("18446744073709551616", "c249010000000000000000"),
    ("-18446744073709551616", "3bffffffffffffffff"), ("-18446744073709551617", "c349010000000000000000"),
    ("9223372036854775808", "1b8000000000000000"), ("-9223372036854775809", "3b8000000000000000"),
    ("+018446744073709551616", "c249010000000000000000"), ("-0", "00"), ("", "60"), ("-", "612d"),
    ("--1", "632d2d31"), ("1x", "623178"),
  ])
  func bigIntegers(_ digits: String, _ expected: String) {
    #expect(hexadecimal { $0.integer(digits: digits) } == expected)
  }

  @Test(arguments: [
    (0.0, "f90000"), (-0.0, "f98000"), (1.0, "f93c00"), (1.1, "fb3ff199999999999a"), (1.5, "f93e00"),
    (65504.0, "f97bff"), (65520.0, "fa477ff000"), (100000.0, "fa47c35000"), (3.4028234663852886e+38, "fa7f7fffff"),
    (1.0e+300, "fb7e37e43c8800759c"), (5.960464477539063e-8, "f90001"), (0.00006103515625, "f90400"),
    (0.00006097555160522461, "f903ff"), (2.9802322387695312e-8, "fa33000000"), (-4.0, "f9c400"),
    (-4.1, "fbc010666666666666"), (Double.infinity, "f97c00"), (-Double.infinity, "f9fc00"), (Double.nan, "f97e00"),
    (-Double.nan, "f97e00"), (Double(nan: 77, signaling: false), "f97e00"), (Double.signalingNaN, "f97e00"),
    (Double.leastNonzeroMagnitude, "fb0000000000000001"), (Double(Float.leastNonzeroMagnitude), "fa00000001"),
  ])
  func numbers(_ value: Double, _ expected: String) {
    #expect(hexadecimal { $0.number(value) } == expected)
  }

  @Test(arguments: [
    ("", "60"), ("a", "6161"), ("IETF", "6449455446"), ("\"\\", "62225c"), ("\u{FC}", "62c3bc"),
    ("u\u{308}", "6375cc88"), ("\u{6C34}", "63e6b0b4"), ("\u{10151}", "64f0908591"),
    (String(repeating: "a", count: 24), "7818" + String(repeating: "61", count: 24)),
  ])
  func texts(_ value: String, _ expected: String) {
    #expect(hexadecimal { $0.text(value) } == expected)
  }

  @Test func others() {
    #expect(hexadecimal { $0.boolean(false) } == "f4")
    #expect(hexadecimal { $0.boolean(true) } == "f5")
    #expect(hexadecimal { $0.null() } == "f6")
    #expect(hexadecimal { $0.bytes([1, 2, 3, 4]) } == "4401020304")
    #expect(hexadecimal { [1, 2, 3].write(into: &$0) } == "83010203")
    #expect(hexadecimal { [[Int]]().write(into: &$0) } == "80")
    #expect(hexadecimal { Array(1...25).write(into: &$0) }.hasPrefix("98190102"))
    #expect(hexadecimal { ["b": 2, "a": 1].write(into: &$0) } == "a2616101616202")
    // The shorter key comes first, because its length does in the bytes.
    #expect(hexadecimal { ["aa": 2, "b": 1].write(into: &$0) } == "a2616201626161" + "02")
    #expect(hexadecimal { PlanConstant.bigInteger("18446744073709551616").write(into: &$0) }.hasPrefix("c249"))
  }

  @Test func unions() {
    let absent: Int? = nil
    let present: Int? = 1
    #expect(hexadecimal { $0.union("none") } == "d81b82646e6f6e65a0")
    #expect(
      hexadecimal { $0.union("call", ["b": present, "a": true, "c": absent]) } == "d81b826463616c6ca26161f5616201")
  }

  /// Long texts go past the buffer: the hash is that of all bytes nevertheless, wherever they are cut.
  @Test(arguments: [0, 1, 4000, 4090, 4095, 4096, 4097, 10_000])
  func hashesWhatItWrites(_ length: Int) {
    let texts = [String(repeating: "x", count: length), "é", String(repeating: "y", count: 5000), "z"]
    let bytes = CanonicalWriter.bytes { texts.write(into: &$0) }
    #expect(CanonicalWriter.digest { texts.write(into: &$0) } == SHA256.digest(of: bytes.span))
  }

  private func hexadecimal(_ write: (inout CanonicalWriter) -> Void) -> String {
    CanonicalWriter.bytes(write).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
