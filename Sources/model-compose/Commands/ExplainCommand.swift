import ArgumentParser
import ComposeBasic
import ComposeSema

/// `explain`: the long text of a finding's code.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain the code of a finding, with an example of the mistake and of its repair.",
    discussion: "Exit status: 0, 2 when there is no such code.")

  @Argument(help: "The code, as in error[unknown-key].")
  var code: String?

  @Flag(help: "Explain every code.")
  var all = false

  @Option(help: "text or markdown.")
  var format: DiagnosticDocument.Format = .text

  func run() throws {
    if all {
      Terminal.write(DiagnosticDocument.document(AllCodes.sorted, as: format), to: .standardOutput)
      return
    }
    guard let code else {
      let lines = AllCodes.sorted.map { "\($0.id)  \($0.severity.rawValue)  \($0.summary)" }
      Terminal.write(lines.joined(separator: "\n") + "\n", to: .standardOutput)
      return
    }
    guard let found = AllCodes.sorted.first(where: { $0.id == code }) else {
      let best = suggestion(for: code, among: AllCodes.sorted.map(\.id))
      Terminal.complain("there is no code '\(code)'", help: best.map { "did you mean '\($0)'?" })
      throw ExitStatus.usage
    }
    Terminal.write(DiagnosticDocument.section(found, as: format), to: .standardOutput)
  }
}

extension DiagnosticDocument.Format: WordArgument {}
