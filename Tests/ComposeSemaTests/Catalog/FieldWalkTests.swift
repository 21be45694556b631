import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import Testing

/// Visits every described field of a file.
@Suite struct FieldWalkTests {
  private let text = """
    controller: {shutdown_timeout: 10s, adapter: {type: http-server, port: 8080}}
    components:
      - id: c
        type: http-client
        rate_limit: {interval: 2s}
        actions:
          - {path: /a, timeout: 5s}
          - {path: /b, timeout: {idle: 6s}, completion: {type: polling, path: /c, interval: 7s}}
      - {type: shell, driver: ssh, connection: {keepalive_interval: 8s}, action: {timeout: 9s}}
      - {type: nothing, timeout: 100s}
    workflow:
      jobs:
        - {id: j, component: {type: shell, driver: local, action: {timeout: 11s, unknown: {timeout: 100s}}}}
        - {type: delay, duration: 12s}
        - {type: for-each, do: {retry: {delay: 13s}}}
        - {type: unknown, retry: {delay: 100s}}
    """

  private func visits(where isWanted: (FieldPlace) -> Bool) -> [(pointer: String, text: String)] {
    var sources = SourceSet()
    sources.add(path: "test.yml", bytes: Array(text.utf8))
    var diagnostics = Diagnostics()
    let file = parse(sources.files, environment: Environment(), into: &diagnostics)
    var visits: [(String, String)] = []
    Catalog.builtIn.forEachField(in: file) { place in
      if isWanted(place) { visits.append((place.pointer, place.value.scalar?.text ?? "")) }
    }
    return visits
  }

  @Test func everyDuration() {
    let found = visits { $0.type.contains(.duration) && $0.value.scalar != nil }
    #expect(
      found.map(\.text) == ["10s", "2s", "5s", "6s", "7s", "8s", "9s", "11s", "12s", "13s"])
    #expect(found.first { $0.text == "7s" }?.pointer == "/components/0/actions/1/completion/interval")
    #expect(found.first { $0.text == "13s" }?.pointer == "/workflow/jobs/2/do/retry/delay")
  }

  @Test func surroundings() {
    var kinds: [String] = []
    _ = visits { place in
      if place.field.name == "timeout", let component = place.component {
        kinds.append(component.shape.tags.map(\.value).joined(separator: "/") + (place.job == nil ? "" : " in a job"))
      }
      return false
    }
    #expect(kinds == ["http-client", "http-client", "shell/ssh", "shell/local in a job"])
  }

  @Test func theVariantOfADeclaration() throws {
    var sources = SourceSet()
    sources.add(path: "test.yml", bytes: Array(text.utf8))
    var diagnostics = Diagnostics()
    let file = parse(sources.files, environment: Environment(), into: &diagnostics)
    let shell = file.components[1]
    let shape = try #require(Catalog.builtIn.component(of: shell))
    #expect(shape.component.field("connection")?.isRequired == true)
    #expect(Catalog.builtIn.action(try #require(shell.actions.first), of: shell)?.name == "action:ssh")
    #expect(Catalog.builtIn.component(of: file.components[2]) == nil)
  }
}
