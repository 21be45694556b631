import ComposeSema
import ComposeTestSupport
import Testing

@Suite struct CatalogTests {
  @Test func shippedFilesAreReadable() {
    #expect(Catalog.builtIn.problems == [])
    #expect(Catalog.builtIn.componentTypes.count > 50)
    #expect(Set(Catalog.builtIn.componentTypes).count == Catalog.builtIn.componentTypes.count)
  }

  /// A file that nobody embedded would be silently without effect.
  @Test func everyFileIsEmbedded() throws {
    let folder = Files.absolute("Sources/CCatalog")
    let registry = String(decoding: try Files.read(folder + "/catalog.c"), as: UTF8.self)
    let files = ["shapes", "apis"].flatMap { kind in
      (Files.names(in: "\(folder)/\(kind)") ?? []).map { "\(kind)/\($0)" }
    }
    #expect(files.count >= 6)
    for file in files {
      #expect(registry.contains("#embed \"\(file)\""))
      #expect(registry.contains("FILE_ENTRY(\"\(Files.name(of: file))\", "))
      let text = String(decoding: try Files.read("\(folder)/\(file)"), as: UTF8.self)
      if file.hasSuffix(".api") {
        #expect(APIFile(text).problems == [], "\(file)")
      } else {
        #expect(ShapeFile(text).problems == [], "\(file)")
      }
    }
  }

  /// A shape is found by the name of its type, so a file whose type is not in the list could never be reached.
  @Test func shapesAreOfKnownTypes() {
    let common: Set<String> = ["compose", "components", "jobs"]
    let names = (Files.names(in: Files.absolute("Sources/CCatalog/shapes")) ?? []).map { String($0.dropLast(6)) }
    for name in names where !common.contains(name) {
      #expect(Catalog.builtIn.componentTypes.contains(name))
      #expect(Catalog.builtIn.component(name) != nil)
    }
  }

  /// Every object that a field names is described in the same file or in the common ones.
  @Test func namedObjectsExist() throws {
    for kind in ["shapes"] {
      let folder = Files.absolute("Sources/CCatalog/\(kind)")
      for name in Files.names(in: folder) ?? [] {
        let file = ShapeFile(String(decoding: try Files.read("\(folder)/\(name)"), as: UTF8.self))
        for object in file.objects.values {
          for used in object.fields.flatMap(\.type.names) {
            let isThere = file.objects[used] != nil || Catalog.builtIn.shape(used) != nil
            #expect(isThere, "\(name): [\(object.name)] names '\(used)'")
          }
        }
      }
    }
  }

  @Test func includedFieldsComeFirst() throws {
    let action = try #require(Catalog.builtIn.component("http-client")).action
    #expect(action.fields.first?.name == "id")
    #expect(action.field("method")?.type == .choice(["GET", "POST", "PUT", "DELETE", "PATCH"]))
    #expect(action.field("method")?.fallback == "POST")
    #expect(action.field("output")?.type.isRendered == true)
    #expect(action.needsOfComponent == ["path": "base_url"])
  }

  @Test func undescribedTypes() {
    #expect(Catalog.builtIn.component("model") == nil)
    #expect(Catalog.builtIn.component("nothing") == nil)
    #expect(Catalog.builtIn.shape("nothing") == nil)
  }
}

extension ShapeType {
  /// The objects that the type names.
  fileprivate var names: [String] {
    switch self {
    case .named(let name): [name]
    case .list(let inner), .map(let inner), .rendered(let inner): inner.names
    case .union(let members): members.flatMap(\.names)
    case .any, .null, .boolean, .integer, .number, .text, .duration, .port, .choice, .openObject, .reference: []
    }
  }
}
