package import ComposeBasic
import ComposeSyntax

/// Reports two branches of a job with one name.
package enum DuplicateBranch: Check {
  private static func example(_ branches: String) -> String {
    """
    workflow:
      jobs:
        - {id: split, type: fan-out, input: "${input.text}", output: \(branches)}
    """
  }

  private static let code = DiagnosticCode(
    "duplicate-branch", .error, "Two branches of a fan-out with one name",
    explanation: """
      Each branch is read by its name, as in `${jobs.split.output.left}`.

      ```yaml bad
      \(example("[left, left]"))
      ```

      ```yaml good
      \(example("[left, right]"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let catalog = program.catalog
    for job in program.file.allJobs where catalog.jobKind(of: job)?.result == .branches {
      guard case .list(let branches)? = job.output?.content else { continue }
      var first: [String: SourceRange] = [:]
      for (index, branch) in branches.enumerated() {
        guard let name = branch.constantText else { continue }
        guard let earlier = first[name] else {
          first[name] = branch.range
          continue
        }
        diagnostics.emit(
          Diagnostic(code, "two branches are called '\(name)'", at: branch.range)
            .note("the first one is here", at: earlier)
            .help("give each branch a name of its own")
            .upstream("refuses the file")
            .removing(index, of: branches.map(\.range), "remove it"))
      }
    }
  }
}
