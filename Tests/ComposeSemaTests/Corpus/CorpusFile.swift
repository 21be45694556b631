import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport

/// One file with a planted mistake (`Fixtures/corpus/index.jsonl`).
struct CorpusFile: Sendable {
  let name: String
  /// What was done to a correct file.
  let mistake: String
  /// Where the mistake is, 1-based; `column` counts UTF-8 bytes.
  let line: Int
  let column: Int
  let severity: String
  /// Why the finding stands at another line than the row says; `nil` for all files but very few.
  let difference: String?
  private let environment: [String: String]
  private let bytes: [UInt8]

  static func all() throws -> [CorpusFile] {
    let index = String(decoding: try Files.read(Files.absolute("Fixtures/corpus/index.jsonl")), as: UTF8.self)
    return try index.split(separator: "\n").map { try CorpusFile(TestJSON(String($0))) }
  }

  private init(_ row: TestJSON) throws {
    func text(_ name: String) throws(TestSupportError) -> String {
      guard let text = row[name]?.string else { throw TestSupportError("the index has a row without '\(name)'") }
      return text
    }
    name = try text("file")
    mistake = try text("mistake")
    severity = try text("severity")
    difference = row["differs"]?.string
    line = row["line"]?.integer ?? 0
    column = row["column"]?.integer ?? 0
    environment = if case .object(let members)? = row["env"] { members.compactMapValues(\.string) } else { [:] }
    bytes = try Files.read(Files.absolute("Fixtures/corpus/" + name))
  }

  /// What is found in the file.
  func check() -> CorpusResult { CorpusResult(self, compile(bytes)) }

  /// Whether one of the fixes of the finding, or all of them, leave a file in which nothing is found.
  func isRepaired(by fixes: [Diagnostic.Fix]) -> Bool {
    let attempts = fixes.map(\.edits) + [fixes.flatMap(\.edits)]
    return attempts.contains { edits in
      !edits.isEmpty && compile(apply(edits, to: bytes)).diagnostics.sorted().allSatisfy(isAboutEnvironment)
    }
  }

  /// Whether a finding only says that the machine has no key, which no text of the file can repair.
  func isAboutEnvironment(_ diagnostic: Diagnostic) -> Bool { diagnostic.code.id == EnvironmentCodes.unset.id }

  private func compile(_ bytes: [UInt8]) -> Compilation {
    var variables = Environment()
    for (name, value) in environment { variables.set(name, value, origin: "process environment") }
    var sources = SourceSet()
    sources.add(path: name, bytes: bytes)
    return ComposePlan.compile(sources.files, in: sources, environment: variables, catalog: .builtIn)
  }
}

/// How well the planted mistake was found.
struct CorpusResult: Sendable {
  let file: CorpusFile
  /// Findings at the mistake's line.
  let atLine: [Diagnostic]
  let hasSeverity: Bool
  let hasColumn: Bool
  /// Errors at other lines: nothing else is wrong with the file.
  let others: [String]
  let isRepaired: Bool

  init(_ file: CorpusFile, _ compilation: Compilation) {
    func position(_ diagnostic: Diagnostic) -> LineTable.Position {
      compilation.sources[diagnostic.range.file].lines.position(at: Int(diagnostic.range.start))
    }
    let all = compilation.diagnostics.sorted()
    self.file = file
    atLine = all.filter { position($0).line == file.line }
    let right = atLine.filter { $0.severity.rawValue == file.severity }
    hasSeverity = !right.isEmpty
    hasColumn = right.contains { position($0).column == file.column }
    others = all.filter { $0.severity == .error && position($0).line != file.line }.map {
      "\(position($0).line): \($0.code.id)"
    }
    isRepaired = file.isRepaired(by: atLine.flatMap(\.fixes))
  }
}
