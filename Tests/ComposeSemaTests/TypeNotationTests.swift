import ComposePlan
import ComposeSema
import Testing

/// The notation of types is read as it is written.
@Suite struct TypeNotationTests {
  @Test(arguments: [
    "any", "never", "null", "boolean", "integer", "number", "text", "bytes", "\"en\"", "list<text>", "list<list<any>>",
    "object", "map<integer>", "object{a: text, b-c: list<integer>}", "object{}", "image", "model-3d", "file",
    "stream<bytes, fragmented>", "stream<text | null, items>", "encoded<json>", "text | null",
    "object{a: text | null, …}",
  ])
  func readsWhatIsWritten(_ text: String) throws {
    let type = try #require(Type(notation: text))
    #expect("\(type)" == text)
  }

  @Test(arguments: [
    "", "txt", "list", "list<>", "list<text", "object{a}", "object{a: }", "stream<text>", "stream<text, both>",
    "encoded<xml>", "text |", "text text", "map<text", "\"open",
  ])
  func refuses(_ text: String) {
    #expect(Type(notation: text) == nil)
  }

  @Test func openObjectsReportMisspellings() throws {
    guard case .object(let object)? = Type(notation: "object{a: text, …}") else {
      Issue.record("not an object")
      return
    }
    #expect(object.rest == .any)
    #expect(object.reportsMisspellings)
  }
}

@Suite struct ResultCatalogTests {
  @Test func shippedFileIsReadable() {
    let results = Catalog.builtIn.results
    #expect(results.problems == [])
    for name in results.names where name != "*" {
      let type = String(name.prefix { $0 != "." })
      #expect(Catalog.builtIn.componentTypes.contains(type), "\(name)")
    }
  }

  @Test func methodsComeBeforeTypes() throws {
    let results = ResultCatalog(
      """
      # A remark.
      store.get  result    none       object{value: any}
      store      result    chunks     each key list<text>
      only.put   response  streaming  text
      *          output    none       any
      """)
    #expect(results.problems == [])
    #expect(try #require(results["store", "get"]).chunks == .none)
    let other = try #require(results["store", "put"])
    #expect(other.batchField == "key")
    #expect("\(other.value)" == "list<text>")
    #expect(try #require(results["only", "get"]).value == .any)
    #expect(try #require(results["only", nil]).root == "response")
    #expect(try #require(results["unheard-of", nil]).root == "output")
  }

  @Test(arguments: ["a b", "a result sometimes any", "a result none list<"])
  func problemsAreKept(_ line: String) {
    #expect(ResultCatalog(line).problems == [line])
  }
}
