import ComposeRuntime
import Testing

@Suite struct ValueObjectTests {
  @Test func keepsThePositionOfAReplacedMember() {
    var object = OrderedObject([("b", .integer(1)), ("a", .integer(2)), ("b", .integer(3))])
    #expect(object.keys == ["b", "a"])
    object["b"] = .null
    object["c"] = .null
    #expect(object.keys == ["b", "a", "c"])
    #expect(object["b"]?.isNull == true)
    #expect(object["zz"] == nil)
    object["b"] = nil
    object["zz"] = nil
    object["b"] = .integer(4)
    #expect(object.keys == ["a", "c", "b"])
  }

  @Test func tellsComposedAndDecomposedKeysApart() {
    for filling in [0, 20] {
      var object = OrderedObject((0..<filling).map { ("k\($0)", .null) })
      object["é"] = .integer(1)
      object["e\u{301}"] = .integer(2)
      #expect(object.count == filling + 2)
      #expect(object["é"]?.isIdentical(to: .integer(1)) == true)
      #expect(object["e\u{301}"]?.isIdentical(to: .integer(2)) == true)
    }
  }

  /// Against a list of pairs, across the size at which the index begins.
  @Test func behavesLikeAListOfPairs() {
    var generator = JSONGenerator(seed: 5)
    for _ in 0..<200 {
      var object = OrderedObject()
      var pairs: [(key: String, value: Int)] = []
      for step in 0..<60 {
        let key = "k\(generator.below(16))"
        let position = pairs.firstIndex { $0.key == key }
        if generator.below(4) == 0 {
          object[key] = nil
          if let position { pairs.remove(at: position) }
        } else {
          object[key] = .integer(step)
          if let position { pairs[position].value = step } else { pairs.append((key, step)) }
        }
        #expect(object.keys == pairs.map(\.key))
        for pair in pairs { #expect(object[pair.key]?.isIdentical(to: .integer(pair.value)) == true) }
      }
      #expect(object.count == pairs.count)
      #expect(object.isEmpty == pairs.isEmpty)
    }
  }
}
