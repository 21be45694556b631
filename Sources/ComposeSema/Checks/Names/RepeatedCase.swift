package import ComposeBasic
import ComposeSyntax

/// Reports a case of a job whose value an earlier case has.
package enum RepeatedCase: Check {
  private static func example(_ second: String) -> String {
    """
    workflow:
      jobs:
        - id: pick
          type: switch
          input: ${input.language}
          cases:
            - {value: en, then: hello}
            - {value: \(second), then: hallo}
        - {id: hello, type: delay, duration: 1s}
        - {id: hallo, type: delay, duration: 2s}
    """
  }

  private static let code = DiagnosticCode(
    "repeated-case", .warning, "A case that is never reached",
    explanation: """
      The first case with the value is taken.

      ```yaml bad
      \(example("en"))
      ```

      ```yaml good
      \(example("de"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let catalog = program.catalog
    for job in program.file.allJobs {
      guard let cases = catalog.jobKind(of: job)?.cases(of: job)?.cases else { continue }
      var first: [ScalarValue: SourceRange] = [:]
      for (index, item) in cases.enumerated() {
        guard let value = item.value, let scalar = value.constantScalar else { continue }
        guard let earlier = first[scalar] else {
          first[scalar] = value.range
          continue
        }
        diagnostics.emit(
          Diagnostic(code, "an earlier case has the same value: this one is never reached", at: value.range)
            .note("the earlier case is here", at: earlier)
            .help("write another value, or remove the case")
            .upstream("takes the first of them")
            .removing(index, of: cases.map(\.range), "remove the case"))
      }
    }
  }
}

extension Template {
  /// The value when it is a scalar that is known.
  fileprivate var constantScalar: ScalarValue? {
    if case .constant(let value) = content { return value }
    return constantText.map { .text($0) }
  }
}
