import ComposeSema
import Testing

@Suite struct ShapeFileTests {
  @Test func everyForm() throws {
    let file = ShapeFile(
      """
      # A comment.
      @name Some API          -- A remark.
      @types one two
        three                 -- Continued.

      [Object]
      @open
      @exactly-one a b
      a!   text | null        -- The first.
      b    list<map<$any>> = none at all
      c    one-of(x,y) | ref(job)

      [job:other]
      d    Object
      """)
    #expect(file.problems == [])
    #expect(file.directives == ["name": ["Some", "API"], "types": ["one", "two", "three"]])
    let object = try #require(file.objects["Object"])
    #expect(object.isOpen)
    #expect(object.exactlyOne == ["a", "b"])
    #expect(object.fields.map(\.name) == ["a", "b", "c"])
    #expect(object.fields.map(\.isRequired) == [true, false, false])
    #expect(object.field("a")?.type == .union([.text, .null]))
    #expect(object.field("a")?.summary == "The first.")
    #expect(object.field("b")?.type == .list(.map(.rendered(.any))))
    #expect(object.field("b")?.fallback == "none at all")
    #expect(object.field("c")?.type == .union([.choice(["x", "y"]), .reference("job")]))
    #expect(file.objects["job:other"]?.field("d")?.type == .named("Object"))
    #expect(file.objects["job:other"]?.isOpen == false)
  }

  @Test(arguments: [
    "field text", "[Object]\n@opne", "[Object]\n@needs-of-component a", "[Object]\nfield", "[Object]\nfield =",
  ])
  func problemsNameTheLine(_ text: String) {
    let problems = ShapeFile(text).problems
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("line \(text.contains("\n") ? 2 : 1): ") == true)
  }
}
