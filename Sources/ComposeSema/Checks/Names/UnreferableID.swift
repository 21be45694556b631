package import ComposeBasic
import ComposeSyntax

/// Reports a job with an id that no path can name, and drops what follows from it.
package enum UnreferableID: Check {
  private static func example(_ id: String) -> String {
    """
    workflow:
      jobs:
        - {id: \(id), type: delay, duration: 1s, output: "${input.text}"}
      output: ${jobs.\(id).output}
    """
  }

  private static let code = DiagnosticCode(
    "unreferable-id", .error, "An id that an expression cannot name",
    explanation: """
      A path goes through names of letters, digits, `_` and `-`. An id with a blank or another character cannot stand in
      `${jobs.…}`: the text stays as it is, or another name is read.

      ```yaml bad
      \(example("fetch text"))
      ```

      ```yaml good
      \(example("fetch-text"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.file.workflows {
      for job in workflow.jobs {
        guard let id = job.id, !id.value.isPathName else { continue }
        let texts = workflow.node.scalars(containing: "jobs." + id.value)
        // An id that nothing reads does no harm.
        guard let first = texts.first else { continue }
        diagnostics.keep { finding in !texts.contains { $0.range.contains(finding.range) } }
        diagnostics.emit(
          Diagnostic(code, "an expression cannot name the job '\(id.value)'", at: id.range)
            .note("the expression is here", at: first.uses.first ?? first.range)
            .help("use letters, digits, '-' and '_' only, such as '\(id.value.asPathName)'")
            .upstream("leaves such an expression as text, or reads nothing")
            .renaming(
              job, of: workflow, in: program.catalog, to: id.value.asPathName, alsoAt: texts.flatMap(\.uses)))
      }
    }
  }
}

extension String {
  /// Whether one step of a path can name it (language specification, section 4).
  fileprivate var isPathName: Bool { !isEmpty && unicodeScalars.allSatisfy(\.isPathCharacter) }

  fileprivate var asPathName: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.isPathCharacter ? $0 : "-" }))
  }
}

extension Unicode.Scalar {
  fileprivate var isPathCharacter: Bool {
    if self == "_" || self == "-" { return true }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }
}

extension YAMLNode {
  /// The texts in it that contain `jobs.` and a name, with the places of the name.
  fileprivate func scalars(containing text: String) -> [(range: SourceRange, uses: [SourceRange])] {
    switch content {
    case .scalar(let scalar):
      let offsets = scalar.text.ranges(of: text).map { found in
        let end = scalar.text.utf8.distance(from: scalar.text.startIndex, to: found.upperBound)
        return end - text.utf8.count + "jobs.".utf8.count..<end
      }
      return offsets.isEmpty ? [] : [(range, offsets.map { scalar.map.range($0) })]
    case .sequence(let items): return items.flatMap { $0.scalars(containing: text) }
    case .mapping(let entries): return entries.flatMap { $0.value.scalars(containing: text) }
    }
  }
}
