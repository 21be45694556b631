package import ComposeBasic
import Testing

/// A place in a fixture that is not as it should be.
package struct MatchFailure: Hashable, Sendable {
  /// The file as the sources name it.
  package let path: String
  /// 1-based.
  package let line: Int
  /// 1-based, in UTF-8 bytes.
  package let column: Int
  package let message: String

  package init(path: String, line: Int, column: Int, message: String) {
    self.path = path
    self.line = line
    self.column = column
    self.message = message
  }
}

/// Compares findings with the expectations written in the files' comments (see ``FixtureExpectation``).
///
/// The order does not matter, and each finding fulfils at most one expectation.
package struct DiagnosticMatcher: Sendable {
  private let sources: SourceSet
  private let malformed: [MatchFailure]
  /// What the comments say about findings.
  package let expectations: [FixtureExpectation]
  /// The `# revealed:` comments.
  package let revealed: [FixtureExpectation]

  package init(_ sources: SourceSet) {
    self.sources = sources
    let read = sources.files.map { FixtureExpectation.all(in: $0) }
    malformed = read.flatMap(\.failures)
    let all = read.flatMap(\.expectations)
    revealed = all.filter { if case .type = $0.subject { true } else { false } }
    expectations = all.filter { if case .finding = $0.subject { true } else { false } }
  }

  /// For the one file of a fixture.
  package init(_ fixture: Fixture) throws(TestSupportError) { self.init(try fixture.sources) }

  /// Unfulfilled expectations, unexpected errors and warnings, and comments that cannot be read, by place.
  package func failures(for diagnostics: [Diagnostic]) -> [MatchFailure] {
    let matches = matches(with: diagnostics)
    var failures = malformed
    for (index, expectation) in expectations.enumerated() where matches[index] == nil {
      failures.append(unfulfilled(expectation, diagnostics))
    }
    let used = Set(matches.compactMap { $0 })
    for (index, diagnostic) in diagnostics.enumerated() where !used.contains(index) && diagnostic.severity != .note {
      let position = position(of: diagnostic)
      failures.append(
        MatchFailure(
          path: sources[diagnostic.range.file].path, line: position.line, column: position.column,
          message: "unexpected \(diagnostic.severity.rawValue): \(brief(diagnostic))"))
    }
    return failures.sorted { ($0.path, $0.line, $0.column, $0.message) < ($1.path, $1.line, $1.column, $1.message) }
  }

  /// Records every failure at its place in the YAML file.
  package func verify(_ diagnostics: [Diagnostic]) {
    for failure in failures(for: diagnostics) { failure.record() }
  }

  /// Records every failure at its place in the YAML file.
  package func verify(_ diagnostics: Diagnostics) { verify(diagnostics.sorted()) }

  // MARK: Types

  /// The `# revealed:` comments that are not true.
  ///
  /// Several comments for one line speak of its expressions in their order, an outer one before those inside it.
  ///
  /// - Parameter types: the places and the types of all expressions, in order.
  package func failures(forTypes types: [(range: SourceRange, type: String)]) -> [MatchFailure] {
    var failures: [MatchFailure] = []
    var used: Set<SourceRange> = []
    for expectation in revealed {
      guard case .type(let expected) = expectation.subject else { continue }
      let found = types.first { candidate in
        let file = sources[candidate.range.file]
        return candidate.range.file == expectation.file && !used.contains(candidate.range)
          && file.lines.position(at: Int(candidate.range.start)).line == expectation.targetLine
      }
      if let found { used.insert(found.range) }
      guard found?.type != expected else { continue }
      let message = found.map { "expected the type \(expected), found \($0.type)" } ?? "there is no expression"
      failures.append(
        MatchFailure(
          path: sources[expectation.file].path, line: expectation.line, column: expectation.column, message: message))
    }
    return failures
  }

  /// Records every `# revealed:` comment that is not true at its place.
  package func verify(types: [(range: SourceRange, type: String)]) {
    for failure in failures(forTypes: types) { failure.record() }
  }

  // MARK: Matching

  /// The finding of each expectation, as many as possible: a maximum bipartite matching by augmenting paths, so that
  /// a vague expectation cannot take the finding which a precise one needs.
  private func matches(with diagnostics: [Diagnostic]) -> [Int?] {
    let candidates = expectations.map { expectation in
      diagnostics.indices.filter { fulfils(diagnostics[$0], expectation) }
    }
    var owners = [Int?](repeating: nil, count: diagnostics.count)
    for index in expectations.indices {
      var visited: Set<Int> = []
      _ = assign(index, candidates, &owners, &visited)
    }
    var matches = [Int?](repeating: nil, count: expectations.count)
    for (diagnostic, owner) in owners.enumerated() {
      if let owner { matches[owner] = diagnostic }
    }
    return matches
  }

  private func assign(
    _ index: Int, _ candidates: [[Int]], _ owners: inout [Int?], _ visited: inout Set<Int>
  ) -> Bool {
    for candidate in candidates[index] where visited.insert(candidate).inserted {
      if let owner = owners[candidate], !assign(owner, candidates, &owners, &visited) { continue }
      owners[candidate] = index
      return true
    }
    return false
  }

  private func fulfils(_ diagnostic: Diagnostic, _ expectation: FixtureExpectation) -> Bool {
    guard case .finding(let severity, let code, let text) = expectation.subject else { return false }
    guard diagnostic.range.file == expectation.file, diagnostic.severity == severity, diagnostic.code.id == code else {
      return false
    }
    let position = position(of: diagnostic)
    guard position.line == expectation.targetLine else { return false }
    if let column = expectation.targetColumn, column != position.column { return false }
    if let text, !diagnostic.message.contains(text) { return false }
    return true
  }

  // MARK: Messages

  private func unfulfilled(_ expectation: FixtureExpectation, _ diagnostics: [Diagnostic]) -> MatchFailure {
    guard case .finding(let severity, let code, let text) = expectation.subject else {
      preconditionFailure("only findings are matched")
    }
    var message = "expected \(severity.rawValue) [\(code)]"
    if let text { message += " \"\(text)\"" }
    message += " at line \(expectation.targetLine)"
    if let column = expectation.targetColumn { message += ", column \(column)" }
    let near = diagnostics.filter { diagnostic in
      guard diagnostic.range.file == expectation.file else { return false }
      return diagnostic.code.id == code || position(of: diagnostic).line == expectation.targetLine
    }
    for diagnostic in near {
      let position = position(of: diagnostic)
      message += "\n  found \(position.line):\(position.column) \(diagnostic.severity.rawValue): \(brief(diagnostic))"
    }
    return MatchFailure(
      path: sources[expectation.file].path, line: expectation.line, column: expectation.column, message: message)
  }

  private func brief(_ diagnostic: Diagnostic) -> String { "[\(diagnostic.code.id)] \(diagnostic.message)" }

  private func position(of diagnostic: Diagnostic) -> LineTable.Position {
    sources[diagnostic.range.file].lines.position(at: Int(diagnostic.range.start))
  }
}

extension MatchFailure {
  /// Fails the running test at this place.
  package func record() {
    let file = Files.absolute(path)
    Issue.record(
      Comment(rawValue: message),
      sourceLocation: SourceLocation(fileID: shownFileID(file), filePath: file, line: line, column: column))
  }
}
