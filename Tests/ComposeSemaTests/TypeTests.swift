import ComposeSema
import Testing

@Suite struct TypeTests {
  @Test(arguments: [
    (Type.any, "any"), (.never, "never"), (.null, "null"), (.boolean, "boolean"), (.integer, "integer"),
    (.number, "number"), (.text, "text"), (.bytes, "bytes"), (.media("image"), "image"),
    (.choice(["a", "b"]), "\"a\" | \"b\""), (.list(.text), "list<text>"), (.list(.list(.any)), "list<list<any>>"),
    (.stream(.text, fragmented: true), "stream<text, fragmented>"),
    (.stream(.any, fragmented: false), "stream<any, items>"), (.encoded(.text), "encoded<text>"),
    (.encoded(.json), "encoded<json>"), (.union([.text, .null]), "text | null"),
    (.object(ObjectType([], rest: .any)), "object"), (.object(ObjectType([], rest: .text)), "map<text>"),
    (.object(ObjectType([.init("a", .text)], rest: nil)), "object{a: text}"),
    (.object(ObjectType([.init("a", .text)], rest: .any)), "object{a: text, …}"),
  ])
  func description(_ type: Type, _ text: String) { #expect(type.description == text) }

  @Test func longObjectsAreCut() {
    let members = "abcdefgh".map { ObjectType.Member(String($0), .integer) }
    #expect(
      Type.object(ObjectType(members, rest: nil)).description
        == "object{a: integer, b: integer, c: integer, d: integer, e: integer, f: integer, …}")
  }

  @Test func unionsAreFlat() {
    #expect(Type.union(of: [.text, .union([.null, .text]), .never]) == .union([.text, .null]))
    #expect(Type.union(of: [.text, .text]) == .text)
    #expect(Type.union(of: [.text, .any]) == .any)
    #expect(Type.union(of: []) == .never)
    #expect(Type.union([.text, .null]).withoutNull == .text)
    #expect(Type.null.withoutNull == .never)
  }
}
