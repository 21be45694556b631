import ComposeBasic

/// Offering only repairs that help.
extension ExpressionParser {
  /// Longer texts are repaired by hand: every repair is tried by reading the text again.
  private static let repairLimit = 64 * 1024

  /// The findings with the repairs that leave fewer errors than there are.
  ///
  /// - Parameter text: the scalar's text.
  func diagnostics() -> Diagnostics {
    var result = Diagnostics()
    let errors = Self.count(findings)
    for finding in findings {
      var diagnostic = finding.diagnostic
      if let repair = finding.repair, isExact(repair), errorsAfter(repair) < errors {
        let edits = repair.edits.map { Diagnostic.Fix.Edit(map.range($0.range), $0.text) }
        diagnostic.fixes.append(Diagnostic.Fix(repair.title, repair.applicability, edits))
      }
      result.emit(diagnostic)
    }
    return result
  }

  private static func count(_ findings: [Finding]) -> Int {
    findings.reduce(0) { $0 + ($1.diagnostic.severity == .error ? 1 : 0) }
  }

  /// Whether every edit has a place of its own in the file.
  private func isExact(_ repair: Repair) -> Bool {
    cursor.bytes.count <= Self.repairLimit
      && repair.edits.allSatisfy { edit in
        let range = map.range(edit.range)
        return Int(range.end - range.start) == edit.range.count
          && !environment.contains {
            $0.range.lowerBound < edit.range.upperBound && edit.range.lowerBound < $0.range.upperBound
          }
      }
  }

  private func errorsAfter(_ repair: Repair) -> Int {
    var bytes: [UInt8] = []
    var spans = environment.map(\.range)
    var copied = 0
    for edit in repair.edits {
      bytes += cursor.bytes[copied..<edit.range.lowerBound]
      bytes += Array(edit.text.utf8)
      copied = edit.range.upperBound
    }
    bytes += cursor.bytes[copied...]
    for index in spans.indices {
      let shift = repair.edits.reduce(0) { sum, edit in
        edit.range.upperBound <= environment[index].range.lowerBound
          ? sum + edit.text.utf8.count - edit.range.count : sum
      }
      spans[index] = spans[index].lowerBound + shift..<spans[index].upperBound + shift
    }
    let text = String(decoding: bytes, as: UTF8.self)
    // Only the findings are of interest, so it does not matter where they are.
    let whole = ScalarMap.Segment(
      decodedStart: 0, decodedCount: bytes.count, sourceStart: 0, sourceCount: bytes.count)
    let file = map.scalarRange.file
    let range = SourceRange(file: file, start: 0, end: bytes.count)
    let moved = zip(environment, spans).map { EnvironmentSpan($0.reference, range: $1) }
    var parser = ExpressionParser(text, map: ScalarMap(segments: [whole], scalarRange: range), environment: moved)
    _ = parser.parseScalar()
    parser.compareReadings()
    return Self.count(parser.findings)
  }
}
