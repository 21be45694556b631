import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

@Suite struct CatalogTests {
  @Test func shippedFilesAreReadable() {
    #expect(Catalog.builtIn.problems == [])
    #expect(Catalog.builtIn.componentTypes.count == 68)
    #expect(Set(Catalog.builtIn.componentTypes).count == Catalog.builtIn.componentTypes.count)
    for name in Catalog.builtIn.shapeFiles { #expect(Catalog.builtIn.shapeFile(name)?.problems == [], "\(name)") }
  }

  /// A file that nobody embedded would be silently without effect.
  @Test func everyFileIsEmbedded() throws {
    let folder = Files.absolute("Sources/CCatalog")
    let registry = String(decoding: try Files.read(folder + "/catalog.c"), as: UTF8.self)
    let files = ["shapes", "apis"].flatMap { kind in
      (Files.names(in: "\(folder)/\(kind)") ?? []).map { "\(kind)/\($0)" }
    }
    #expect(files.count >= 100)
    for file in files {
      #expect(registry.contains("#embed \"\(file)\""))
      #expect(registry.contains("FILE_ENTRY(\"\(Files.name(of: file))\", "))
      if file.hasSuffix(".api") {
        #expect(APIFile(String(decoding: try Files.read("\(folder)/\(file)"), as: UTF8.self)).problems == [], "\(file)")
      }
    }
  }

  /// Every type has a description, and every tag of a model a file.
  @Test func everyTypeIsDescribed() throws {
    for type in Catalog.builtIn.componentTypes {
      let shape = try #require(Catalog.builtIn.component(type), "\(type)")
      #expect(shape.component.tags.first == ShapeTag(field: "type", value: type))
      #expect(shape.component.field("type") != nil)
      let isChosenByTask = shape.component.variants != nil
      #expect(isChosenByTask || shape.component.field("actions") != nil, "\(type)")
    }
  }

  /// Every object that a field, an include or a rule names is there, in every variant.
  @Test func namesMeanSomething() {
    let catalog = Catalog.builtIn
    for fileName in catalog.shapeFiles {
      for object in (catalog.shapeFile(fileName)?.objects ?? [:]).values {
        for used in object.fields.flatMap(\.type.names) + object.includes {
          #expect(catalog.shape(used, usedBy: object) != nil, "\(fileName): [\(object.name)] names '\(used)'")
        }
        guard let complete = catalog.shape(object.name, usedBy: object) else { continue }
        for name in complete.rules.flatMap(\.terms).flatMap(\.names) {
          let variants = complete.variants.map { $0.names.compactMap { catalog.variant($0, of: complete) } } ?? []
          let isField = ([complete] + variants).contains { $0.field(name) != nil }
          #expect(isField, "\(fileName): a rule of [\(object.name)] names '\(name)'")
        }
        for name in complete.variants?.names ?? [] {
          #expect(catalog.variant(name, of: complete) != nil, "\(fileName): [\(object.name)] has no variant '\(name)'")
        }
      }
    }
  }

  /// A directive about a field that is not there would be silently without effect.
  @Test func directivesNameFields() {
    let catalog = Catalog.builtIn
    for fileName in catalog.shapeFiles {
      for object in (catalog.shapeFile(fileName)?.objects ?? [:]).values {
        guard let complete = catalog.shape(object.name, usedBy: object) else { continue }
        for name in complete.facts.compactMap(\.field) {
          #expect(complete.field(name) != nil, "\(fileName): a directive of [\(object.name)] names '\(name)'")
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

  @Test func defaultVariants() throws {
    let shell = try #require(Catalog.builtIn.component("shell"))
    #expect(
      shell.component.tags == [ShapeTag(field: "type", value: "shell"), ShapeTag(field: "driver", value: "local")])
    #expect(shell.action.name == "action:local")
    let job = try #require(Catalog.builtIn.shape("job:delay:time-interval"))
    #expect(job.tags.map(\.value) == ["delay", "time-interval"])
    #expect(job.field("depends_on") != nil)
    #expect(job.field("duration")?.isRequired == true)
  }

  /// What a type has to do with the rest of a file follows from the sorts of names in its fields.
  @Test(arguments: [
    ("agent", "agent", nil, "tools", "model", true),
    ("model-memory", "memory", nil, nil, "summary", false),
    ("workflow", "workflow", "workflow", nil, nil, false),
    ("http-client", "client", nil, nil, nil, false),
  ])
  func traits(
    _ type: String, _ noun: String, _ workflow: String?, _ tools: String?, _ call: String?, _ isRequired: Bool
  ) throws {
    var sources = SourceSet()
    sources.add(path: "test.yml", bytes: Array("component: {type: \(type)}".utf8))
    var diagnostics = Diagnostics()
    let file = parse(sources.files, environment: Environment(), into: &diagnostics)
    let component = try #require(file.components.first)
    let traits = try #require(Catalog.builtIn.traits(of: component))
    #expect(traits.noun == noun)
    #expect(traits.workflowField == workflow)
    #expect(traits.toolsField == tools)
    #expect(traits.call?.field == call)
    #expect(traits.call?.isRequired ?? false == isRequired)
  }

  @Test func directivesThatSayNothing() {
    for text in ["@sees", "@sees a of list<any>", "@listens if x=y", "@schemes url", "@script", "@query"] {
      #expect(ShapeFile("[a]\n\(text)\n").problems.count == 1, "\(text)")
    }
    let file = ShapeFile("[a]\n@listens unless way=stdio\n@sees b c of object{d: text}\nb any\nc any\n")
    #expect(file.problems == [])
    let roots: [String: Type] = ["d": .text]
    #expect(
      file.objects["a"]?.facts == [
        .listens(unless: ShapeTag(field: "way", value: "stdio")), .sees(field: "b", roots: roots),
        .sees(field: "c", roots: roots),
      ])
  }

  @Test func undescribedTypes() {
    #expect(Catalog.builtIn.component("nothing") == nil)
    #expect(Catalog.builtIn.shape("nothing") == nil)
  }
}

extension ShapeType {
  /// The objects that the type names.
  fileprivate var names: [String] {
    switch self {
    case .named(let name): [name]
    case .list(let inner), .map(let inner), .rendered(let inner), .unique(let inner), .bounded(let inner, _):
      inner.names
    case .union(let members), .tuple(let members): members.flatMap(\.names)
    default: []
    }
  }
}
