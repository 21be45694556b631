internal import CCatalog

/// What the checker is allowed to know: the shapes of sections, job kinds and component types, and descriptions of
/// provider APIs. The checker itself knows none of them by name.
package struct Catalog: Sendable {
  /// The texts of data files by name, such as `http-client.shape`.
  private let texts: [String: String]
  private let common: [String: ObjectShape]
  /// The names of all component types, described or not.
  package let componentTypes: [String]
  /// The API descriptions: first those that were added, then the program's own in order of their names.
  package private(set) var apis: [APIDescription]
  /// What the data files say that could not be read; empty for the files that ship.
  package let problems: [String]

  /// - Parameter texts: data files by name. `compose.shape`, `jobs.shape` and `components.shape` are read at once,
  ///   every `*.api` too; the shape of a component type only when it is asked for.
  package init(texts: [String: String]) {
    self.texts = texts
    var common: [String: ObjectShape] = [:]
    var problems: [String] = []
    var types: [String] = []
    for name in ["compose.shape", "components.shape", "jobs.shape"] {
      let file = ShapeFile(texts[name] ?? "")
      common.merge(file.objects) { _, later in later }
      types += file.directives["component-types"] ?? []
      problems += file.problems.map { "\(name): \($0)" }
    }
    self.common = common
    self.componentTypes = types
    self.apis = texts.keys.filter { $0.hasSuffix(".api") }.sorted().map { name in
      let file = APIFile(texts[name] ?? "")
      problems += file.problems.map { "\(name):\($0.line):\($0.column): \($0.message)" }
      return APIDescription(id: String(name.dropLast(4)), file)
    }
    self.problems = problems
  }

  /// The catalogue inside the program.
  package static let builtIn = Catalog(texts: embeddedTexts())

  /// A data file; `nil` when there is none of that name.
  package func text(_ name: String) -> String? { texts[name] }

  /// The shape of a common mapping: `compose`, `controller`, `workflow`, `job:delay`, `adapter:http-server`, ….
  package func shape(_ name: String) -> ObjectShape? {
    guard let shape = common[name] else { return nil }
    return withIncludes(shape, from: common)
  }

  /// Whether jobs of that kind call a component's action.
  package func callsComponent(jobKind kind: String) -> Bool { common["job:" + kind]?.callsComponent ?? false }

  /// The description of a component type; `nil` when the type is unknown or only its name is known.
  package func component(_ type: String) -> ComponentShape? {
    guard let text = texts[type + ".shape"] else { return nil }
    let file = ShapeFile(text)
    let objects = common.merging(file.objects) { _, own in own }
    guard let component = file.objects["component"], let action = file.objects["action"] else { return nil }
    return ComponentShape(
      type: type,
      component: withIncludes(component, from: common),
      action: withIncludes(action, from: common),
      resultName: file.directives["result"]?.first ?? "result",
      objects: objects)
  }

  /// The API that serves a URL, or a path of any host.
  package func api(forPath url: String) -> APIDescription? { api(for: RequestAddress(url: url), headers: []) }

  /// The API that a request is for, if it is described.
  ///
  /// - Parameter headers: the names of the request's headers in lower case.
  package func api(for address: RequestAddress, headers: Set<String>) -> APIDescription? {
    apis.first { $0.answers(address, headers: headers) }
  }

  /// The catalogue with more API descriptions, which are asked before its own.
  package func adding(_ more: [APIDescription]) -> Catalog {
    var copy = self
    copy.apis = more + apis
    return copy
  }

  private func withIncludes(_ shape: ObjectShape, from objects: [String: ObjectShape]) -> ObjectShape {
    var result = shape
    let own = Set(shape.fields.map(\.name))
    for name in shape.includes {
      guard let included = objects[name] else { continue }
      result.fields.insert(contentsOf: included.fields.filter { !own.contains($0.name) }, at: 0)
    }
    return result
  }
}

/// What is known about one component type.
package struct ComponentShape: Sendable {
  package let type: String
  package let component: ObjectShape
  package let action: ObjectShape
  /// The root under which an action's `output` sees what the component gives: `response`, `result`, ….
  package let resultName: String
  /// Shapes that fields refer to by name.
  package let objects: [String: ObjectShape]
}

private func embeddedTexts() -> [String: String] {
  var texts: [String: String] = [:]
  guard let files = catalog_files() else { return texts }
  for file in UnsafeBufferPointer(start: files, count: catalog_file_count()) {
    guard let name = file.name, let bytes = file.bytes else { continue }
    texts[String(cString: name)] = String(
      decoding: UnsafeBufferPointer(start: bytes, count: file.length), as: UTF8.self)
  }
  return texts
}
