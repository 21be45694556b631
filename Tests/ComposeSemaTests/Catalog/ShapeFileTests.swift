import ComposeSema
import Testing

@Suite struct ShapeFileTests {
  @Test func everyForm() throws {
    let file = ShapeFile(
      """
      # What the file is about.
      @name Some API          -- A remark.
      @types one two
        three                 -- Continued.

      [Object]                -- The object.
      @open
      @include Other
      @short item items
      @alias from_ from
      @exactly-one a b        -- Why. [reference: goes on]
      a!   text?              -- The first.
      b    list<map<$any>> = none at all
      c    one-of(x,y) | ref(job)
      items  list<text>(1..)

      [job:other]
      d    Object
      """, name: "file")
    #expect(file.problems == [])
    #expect(file.summary == "What the file is about.")
    #expect(file.directives == ["name": ["Some", "API"], "types": ["one", "two", "three"]])
    #expect(file.names == ["Object", "job:other"])
    let object = try #require(file.objects["Object"])
    #expect(object.file == "file")
    #expect(object.summary == "The object.")
    #expect(object.isOpen)
    #expect(object.includes == ["Other"])
    #expect(object.shorthands == ["item": "items"])
    #expect(object.aliases == ["from_": "from"])
    let rule = try #require(object.rules.first)
    #expect(rule.kind == .exactlyOne)
    #expect(rule.terms.map(\.names) == [["a"], ["b"]])
    #expect(rule.summary == "Why.")
    #expect(rule.reference == "goes on")
    #expect(object.fields.map(\.name) == ["a", "b", "c", "items"])
    #expect(object.fields.map(\.isRequired) == [true, false, false, false])
    #expect(object.field("a")?.type == .union([.text, .null]))
    #expect(object.field("a")?.summary == "The first.")
    #expect(object.field("b")?.type == .list(.map(.rendered(.any))))
    #expect(object.field("b")?.fallback == "none at all")
    #expect(object.field("c")?.type == .union([.choice(["x", "y"]), .reference("job")]))
    #expect(file.objects["job:other"]?.field("d")?.type == .named("Object"))
    #expect(file.objects["job:other"]?.isOpen == false)
  }

  @Test(arguments: [
    ("text", ShapeType.text), ("$integer?", .union([.rendered(.integer), .null])),
    ("integer(1..10)", .bounded(.integer, ShapeBounds(lower: 1, upper: 10))),
    ("number(>0)", .bounded(.number, ShapeBounds(lower: 0, upper: nil, excludesLower: true))),
    ("exact-integer(..5)", .bounded(.exactInteger, ShapeBounds(lower: nil, upper: 5))),
    ("duration", .kind(.duration)),
    ("set<text>(1..)", .bounded(.unique(.list(.text)), ShapeBounds(lower: 1, upper: nil))),
    ("tuple<integer,text?>", .tuple([.integer, .union([.text, .null])])), ("one-of()", .choice([])),
    ("list<a|b>?|$object", .union([.list(.union([.named("a"), .named("b")])), .null, .rendered(.openObject)])),
    ("any", .any), ("tag", .tag), ("port", .port), ("map<$text>", .map(.rendered(.text))),
  ])
  func types(_ text: String, _ expected: ShapeType) {
    let file = ShapeFile("[Object]\nfield \(text)")
    #expect(file.objects["Object"]?.field("field")?.type == expected)
  }

  @Test func variants() throws {
    let file = ShapeFile(
      "[a]\n@variants driver = x name->y of b only x y\n[c]\n@variants type in c.*\n@old-variant p q")
    #expect(file.problems == [])
    let variants = try #require(file.objects["a"]?.variants)
    #expect(variants.tag == "driver")
    #expect(variants.fallback == "x")
    #expect(variants.inferences.map(\.key) == ["name"])
    #expect(variants.inferences.map(\.variant) == ["y"])
    #expect(variants.base == "b")
    #expect(variants.names == ["x", "y"])
    #expect(file.objects["c"]?.variants?.filePattern == "c.*")
    #expect(file.objects["c"]?.variants?.oldNames == ["p": "q"])
  }

  @Test(arguments: [
    "field text", "[Object]\n@opne", "[Object]\n@needs-of-component a", "[Object]\nfield", "[Object]\nfield =",
    "[Object]\nfield list<text", "[Object]\nfield integer(a..)", "[Object]\n@exactly-one a", "[Object]\n@variants",
    "[Object]\nfield text)", "[Object]\n@variants a in b",
  ])
  func problemsNameTheLine(_ text: String) {
    let problems = ShapeFile(text).problems
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("line \(text.contains("\n") ? 2 : 1): ") == true)
  }

  @Test func anObjectStandsOnce() {
    #expect(ShapeFile("[a]\n[b]\n[a]").problems == ["[a] is described twice"])
  }
}
