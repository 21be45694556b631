import ComposeTestSupport
import Testing

/// The layers: a target may depend only on targets above it in `Package.swift`.
@Suite struct PackageTests {
  @Test func targetsStandInDependencyOrder() throws {
    let targets = try Self.targets()
    #expect(targets.count >= 10)
    var seen: Set<String> = []
    for target in targets {
      for dependency in target.dependencies where targets.contains(where: { $0.name == dependency }) {
        #expect(seen.contains(dependency), "'\(target.name)' stands above '\(dependency)', on which it depends")
      }
      seen.insert(target.name)
    }
  }

  @Test func dependenciesAreSorted() throws {
    for target in try Self.targets() { #expect(target.dependencies == target.dependencies.sorted(), "\(target.name)") }
  }

  /// What the language layers and the HTTP client must never reach.
  @Test func layers() throws {
    let reach = try Self.reach()
    let language: Set<String> = ["CCatalog", "CYAML", "ComposeBasic", "ComposeSyntax", "ComposeSema", "ComposePlan"]
    #expect(reach["ComposePlan"]?.isSubset(of: language) == true)
    #expect(reach["ComposeHTTP"] == ["CCurl"])
    if let runtime = reach["ComposeRuntime"] { #expect(runtime.isDisjoint(with: ["ComposeHTTP", "CCurl"])) }
  }

  /// The target and its dependencies inside the package, found by a scan: `target("Name", ["A", "B"])` and
  /// `name: "Name"` with a list behind it. Products of other packages are left out.
  private static func targets() throws -> [(name: String, dependencies: [String])] {
    let bytes = try Files.read(Files.absolute("Package.swift"))
    let text = String(decoding: bytes, as: UTF8.self)
    guard let start = text.range(of: "\n  targets: ["), let end = text.range(of: "\n  ],\n  swiftLanguageModes") else {
      throw TestSupportError("Package.swift has another form")
    }
    var targets: [(String, [String])] = []
    var current = ""
    for line in text[start.upperBound..<end.lowerBound].split(separator: "\n") {
      let code = line.trimmed
      if code.hasPrefix("//") { continue }
      if line.hasPrefix("    ") && !line.hasPrefix("     ") && code.first != ")" {
        if !current.isEmpty { append(current, to: &targets) }
        current = ""
      }
      current += code + " "
    }
    append(current, to: &targets)
    return targets
  }

  private static func append(_ declaration: String, to targets: inout [(String, [String])]) {
    // Products name another package, which is no target of ours.
    let own = declaration.replacing(/\.product\([^)]*\)/, with: "")
    let names = own.matches(of: /"([A-Za-z-]+)"/).map { String($0.output.1) }
    guard let subject = names.first else { return }
    if declaration.hasPrefix("tests(") {
      targets.append((subject + "Tests", Array(names.dropFirst())))
    } else if declaration.hasPrefix("target(") {
      targets.append((subject, Array(names.dropFirst())))
    } else {
      let list = own.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.output.1 ?? ""
      targets.append((subject, list.matches(of: /"([A-Za-z-]+)"/).map { String($0.output.1) }))
    }
  }

  /// Everything that a target depends on, directly or not.
  private static func reach() throws -> [String: Set<String>] {
    var reach: [String: Set<String>] = [:]
    for target in try targets() {
      reach[target.name] = Set(target.dependencies).union(target.dependencies.flatMap { reach[$0] ?? [] })
    }
    return reach
  }
}

extension String {
  /// Where the text occurs first.
  fileprivate func range(of other: String) -> Range<String.Index>? { firstRange(of: other) }
}
