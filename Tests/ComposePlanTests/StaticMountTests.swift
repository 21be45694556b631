import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// The folders that a file wants served.
@Suite struct StaticMountTests {
  private func compilation(_ controller: String) -> Compilation {
    let text = """
      controller:
        \(controller.split(separator: "\n").joined(separator: "\n  "))
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      """
    var sources = SourceSet()
    sources.add(path: "model-compose.yml", bytes: Array(text.utf8))
    return compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
  }

  private func plan(_ controller: String) throws -> Plan {
    let compilation = compilation(controller)
    return try #require(compilation.plan, "\(compilation.diagnostics.all.map(\.message))")
  }

  @Test func oneOrSeveral() throws {
    let one = try plan("adapter: {type: http-server, static: {path: site/, base_dir: pages}}").serving
    #expect(one.apis.first?.staticMounts == [StaticMount(path: "/site", folder: "pages")])
    let several = try plan(
      """
      adapters:
        - type: http-server
          static:
            - {path: /a, base_dir: first, index: start.html}
            - {path: /, base_dir: ../second}
        - {type: http-server, port: 8090}
      """
    ).serving
    #expect(
      several.apis.map(\.staticMounts) == [
        [
          StaticMount(path: "/a", folder: "first", index: .everywhere("start.html")),
          StaticMount(path: "", folder: "../second"),
        ], [],
      ])
  }

  @Test func thePagesOfTheWebUI() throws {
    #expect(try plan("webui: {driver: gradio}").serving.webPages == nil)
    #expect(
      try plan("webui: {driver: static}").serving.webPages
        == StaticMount(path: "", folder: "webui", index: .pages))
    #expect(
      try plan("webui: {driver: static, static_dir: site}").serving.webPages
        == StaticMount(path: "", folder: "site", index: .pages))
  }

  @Test func thePlanShowsThem() throws {
    let plan = try plan(
      """
      adapter: {type: http-server, static: {path: /, base_dir: pages, index: start.html}}
      webui: {driver: static}
      """)
    let text = ComposePlan.print(plan, workflows: plan.workflows, as: .text)
    #expect(text.contains("/ is the folder pages") && text.contains("its pages are in the folder webui"))
    let json = ComposePlan.print(plan, workflows: plan.workflows, as: .json)
    let serving = try TestJSON(json)["serving"]
    #expect(serving?["adapters"]?[0]?["static"]?[0]?["base_dir"]?.string == "pages")
    #expect(serving?["web_pages"]?.string == "webui")
    let schema = try JSONText.read(Files.read(Files.absolute("docs/plan.schema.json")))
    #expect(SchemaCheck(schema).faults(in: try JSONText.read(Array(json.utf8))) == [])
  }

  @Test func anotherFolderIsAnotherService() throws {
    func hash(_ folder: String) throws -> SemanticHash {
      let compilation = compilation("adapter: {type: http-server, static: {path: /a, base_dir: \(folder)}}")
      return try #require(compilation.identity).serving
    }
    #expect(try hash("a") == hash("a"))
    #expect(try hash("a") != hash("b"))
  }
}
