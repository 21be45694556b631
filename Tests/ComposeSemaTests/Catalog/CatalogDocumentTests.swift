import ComposePlan
import ComposeSema
import ComposeTestSupport
import Testing

/// What is made from the catalogue for people and editors.
@Suite struct CatalogDocumentTests {
  /// `UPDATE_GOLDENS=1` writes the document anew.
  @Test func componentsAreDocumented() {
    expectGolden(ComponentDocument(.builtIn).text(), at: "docs/components.md")
  }

  @Test func everyReferenceOfTheSchemaHasATarget() throws {
    var schema = EditorSchema(.builtIn)
    let json = try TestJSON(schema.text())
    guard case .object(let definitions)? = json["$defs"] else {
      Issue.record("no definitions")
      return
    }
    #expect(definitions.count > 1000)
    let missing = references(in: json).filter { definitions[String($0.dropFirst("#/$defs/".count))] == nil }
    #expect(missing == [])
  }

  @Test func schemaOfAComponent() throws {
    var schema = EditorSchema(.builtIn)
    let json = try TestJSON(schema.text())
    let action = json["$defs"]?["http-client.action"]
    #expect(action?["additionalProperties"]?.boolean == false)
    #expect(action?["properties"]?["method"]?["anyOf"]?[0]?["enum"]?.array?.first?.string == "GET")
    #expect(action?["properties"]?["endpoint"]?["description"]?.string == "The full URL.")
    #expect(json["$defs"]?["jobs.job.for-each"]?["required"]?.array?.compactMap(\.string) == ["input", "do"])
  }

  private func references(in json: TestJSON) -> Set<String> {
    switch json {
    case .object(let members):
      var found = Set(members.values.flatMap { references(in: $0) })
      if let reference = members["$ref"]?.string { found.insert(reference) }
      return found
    case .array(let elements): return Set(elements.flatMap { references(in: $0) })
    default: return []
    }
  }
}
