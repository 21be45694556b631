internal import CCatalog

/// What the checker is allowed to know: the shapes of sections, job kinds and component types, how each kind of job
/// is typed, and descriptions of provider APIs. The checker itself knows none of them by name.
///
/// The shape of a mapping depends on its members: `type`, `driver`, `method` and others choose among variants.
/// ``shape(_:)`` and ``component(_:)`` give a shape by its name; ``resolve(_:for:)`` finds the variant that a mapping
/// means, ``component(of:)`` and ``action(_:of:)`` do so for declarations. ``forEachField(in:_:)`` visits every
/// described field of a file with its value, so that a check of all durations, say, is one loop.
package struct Catalog: Sendable {
  let library: ShapeLibrary
  /// The kinds of job by their names.
  package let jobKinds: [String: any JobKind.Type]
  /// The names of all component types, in order.
  package let componentTypes: [String]
  /// The API descriptions: first those that were added, then the program's own in order of their names.
  package private(set) var apis: [APIDescription]
  /// What the files that are always read say that could not be read; empty for the files that ship.
  package let problems: [String]
  /// The kinds of job that call a component's action.
  let callingJobKinds: Set<String>
  private let dataText: @Sendable (String) -> String?

  /// - Parameters:
  ///   - names: the names of the data files, such as `http-client.shape`.
  ///   - text: the text of a data file. The directives of every `*.api` are read at once, the rest, and a shape, only
  ///     when it is asked for.
  ///   - jobKinds: the kinds of job. One that only has a shape gives `any`.
  package init(
    names: [String], jobKinds: [any JobKind.Type] = [], text: @escaping @Sendable (String) -> String?
  ) {
    let shapes = names.filter { $0.hasSuffix(".shape") }.map { String($0.dropLast(6)) }
    let library = ShapeLibrary(fileNames: Set(shapes)) { text($0 + ".shape") }
    problems = ShapeLibrary.commonFiles.flatMap { name in
      (library.file(name)?.problems ?? ["missing"]).map { "\(name).shape: \($0)" }
    }
    self.library = library
    self.jobKinds = Dictionary(jobKinds.map { ($0.keyword, $0) }, uniquingKeysWith: { first, _ in first })
    self.dataText = text
    let jobs = library.file("jobs")?.objects.filter { $0.key.hasPrefix("job:") && $0.value.callsComponent } ?? [:]
    callingJobKinds = Set(jobs.keys.map { String($0.dropFirst(4)) })
    self.componentTypes = library.file("components")?.directives["component-types"] ?? []
    self.apis = names.filter { $0.hasSuffix(".api") }.sorted().map { name in
      APIDescription(id: String(name.dropLast(4)), unread: text(name) ?? "")
    }
  }

  /// The data files inside the program, with these kinds of job.
  package static func embedded(jobKinds: [any JobKind.Type]) -> Catalog {
    Catalog(names: embeddedNames(), jobKinds: jobKinds, text: embeddedText)
  }

  /// The names of the shape files, without their ending, in order.
  package var shapeFiles: [String] { library.fileNames.sorted() }

  /// A shape file as it is written; `nil` when there is none of that name.
  package func shapeFile(_ name: String) -> ShapeFile? { library.file(name) }

  /// A data file; `nil` when there is none of that name.
  package func text(_ name: String) -> String? { dataText(name) }

  /// The shape of a common mapping: `compose`, `controller`, `workflow`, `job:delay`, `adapter:http-server`, ….
  package func shape(_ name: String) -> ObjectShape? { library.object(name, in: "compose") }

  /// The shape that a name means in a type of another shape.
  package func shape(_ name: String, usedBy shape: ObjectShape) -> ObjectShape? {
    library.object(name, in: shape.file)
  }

  /// Whether components of that type need no model and no package besides the program.
  package func isSelfContained(_ type: String) -> Bool {
    library.file("components")?.directives["self-contained"]?.contains(type) ?? false
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
}

private func embeddedNames() -> [String] {
  guard let files = catalog_files() else { return [] }
  return UnsafeBufferPointer(start: files, count: catalog_file_count()).compactMap { file in
    file.name.map { String(cString: $0) }
  }
}

private func embeddedText(_ name: String) -> String? {
  guard let files = catalog_files() else { return nil }
  for file in UnsafeBufferPointer(start: files, count: catalog_file_count()) {
    guard let fileName = file.name, let bytes = file.bytes, String(cString: fileName) == name else { continue }
    return String(decoding: UnsafeBufferPointer(start: bytes, count: file.length), as: UTF8.self)
  }
  return nil
}
