import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Glibc

/// One row of `Fixtures/triage/findings.jsonl`.
struct TriageRow: Sendable {
  let finding: TriageFinding
  /// The heading in `groups.md` under which stands what the reference does.
  let group: String

  static func all() throws -> [TriageRow] {
    let text = String(decoding: try Files.read(Files.absolute("Fixtures/triage/findings.jsonl")), as: UTF8.self)
    return try text.split(separator: "\n").map { line in
      let row = try TestJSON(String(line))
      guard let file = row["file"]?.string, let code = row["code"]?.string, let line = row["line"]?.integer,
        let column = row["column"]?.integer, let severity = row["severity"]?.string, let group = row["group"]?.string
      else { throw TestSupportError("a row of the triage table lacks a member") }
      let finding = TriageFinding(file: file, line: line, column: column, severity: severity, code: code)
      return TriageRow(finding: finding, group: group)
    }
  }
}

/// A finding as the table names it.
struct TriageFinding: Hashable, Sendable, CustomStringConvertible {
  let file: String
  let line: Int
  let column: Int
  let severity: String
  let code: String

  var description: String { "\(file):\(line):\(column): \(severity) \(code)" }
}

/// A configuration that somebody else wrote, from outside of the repository.
struct TriageCorpus: Sendable {
  let name: String
  /// Whether the reference takes the file, starts with it, and uses all that stands in it.
  let isClean: Bool
  private let environment: [String: String]
  private let bytes: [UInt8]

  static var isPresent: Bool { Files.exists(folder + "/good/index.jsonl") }

  private static var folder: String {
    getenv("COMPOSE_CORPUS").map { String(cString: $0) } ?? Files.absolute("../shared/corpus")
  }

  static func files() throws -> [TriageCorpus] {
    let index = String(decoding: try Files.read(folder + "/good/index.jsonl"), as: UTF8.self)
    return try index.split(separator: "\n").map { line in
      let row = try TestJSON(String(line))
      guard let name = row["file"]?.string else { throw TestSupportError("the index has a row without 'file'") }
      var environment: [String: String] = [:]
      if case .object(let members)? = row["env"] { environment = members.compactMapValues(\.string) }
      return TriageCorpus(
        name: name,
        isClean: row["upstream_verdict"]?.string == "accepted" && row["upstream_at_startup"]?.string == "ok"
          && row["unknown_keys"]?.array?.isEmpty == true && row["old_forms"]?.array?.isEmpty == true,
        environment: environment,
        bytes: try Files.read(folder + "/good/" + name))
    }
  }

  /// The findings that need a row: all of a clean file, and the errors of the others.
  func findings() -> [TriageFinding] {
    var variables = Environment()
    for (name, value) in environment { variables.set(name, value, origin: "process environment") }
    var sources = SourceSet()
    sources.add(path: name, bytes: bytes)
    let compilation = compile(sources.files, in: sources, environment: variables, catalog: .builtIn)
    return compilation.diagnostics.sorted().compactMap { diagnostic in
      guard diagnostic.severity == .error || isClean && diagnostic.severity == .warning else { return nil }
      let position = compilation.sources[diagnostic.range.file].lines.position(at: Int(diagnostic.range.start))
      return TriageFinding(
        file: name, line: position.line, column: position.column, severity: diagnostic.severity.rawValue,
        code: diagnostic.code.id)
    }
  }
}
