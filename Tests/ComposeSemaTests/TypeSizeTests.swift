import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import Testing

/// Types that would double with every step.
@Suite struct TypeSizeTests {
  @Test func doubledItemsEnd() throws {
    var source = "\"${rows}\""
    for _ in 0..<60 { source = "{\"*\": {input: \(source)}, a: \"${item}\", b: \"${item}\"}" }
    var sources = SourceSet()
    var diagnostics = Diagnostics()
    let file = sources.add(path: "template.yml", bytes: Array(source.utf8))
    let node = try #require(parseYAML(file, environment: Environment(), into: &diagnostics).root)
    let template = parseTemplate(node, into: &diagnostics)
    let type = ComposeSema.check(template, roots: ["rows": .list(.text)], into: &diagnostics)
    #expect(diagnostics.all.map(\.message) == [])
    #expect(type.description.hasPrefix("list<object{a: "))
  }

  @Test func doubledOutputsEnd() {
    let jobs = (1..<60).map { number in
      let last = "\"${jobs.j\(number - 1).output}\""
      return "    - {id: j\(number), depends_on: [j\(number - 1)], output: {a: \(last), b: \(last)}}"
    }
    let compilation = compile(
      """
      component: {type: http-client, action: {endpoint: https://api.example.com, output: {a: 1}}}
      workflow:
        jobs:
          - {id: j0}
      \(jobs.joined(separator: "\n"))
      """)
    #expect(compilation.diagnostics.all.map(\.message) == [])
    #expect(compilation.program.workflows.first?.resultType.description.hasPrefix("object{a: ") == true)
  }
}
