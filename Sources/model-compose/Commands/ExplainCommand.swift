import ArgumentParser
import ComposeBasic
import ComposeSema
import ComposeSyntax

/// Every code that a check can report, in alphabetical order.
let diagnosticCodes: [DiagnosticCode] =
  (YAMLCodes.all + EnvironmentCodes.all + ExpressionSyntaxCodes.all + DeclarationCodes.all + CheckRegistry.codes)
  .sorted { $0.id < $1.id }

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
  var format: Format = .text

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case markdown
  }

  func run() throws {
    if all {
      Terminal.write(document(diagnosticCodes), to: .standardOutput)
      return
    }
    guard let code else {
      let lines = diagnosticCodes.map { "\($0.id)  \($0.severity.rawValue)  \($0.summary)" }
      Terminal.write(lines.joined(separator: "\n") + "\n", to: .standardOutput)
      return
    }
    guard let found = diagnosticCodes.first(where: { $0.id == code }) else {
      let best = suggestion(for: code, among: diagnosticCodes.map(\.id))
      Terminal.complain("there is no code '\(code)'", help: best.map { "did you mean '\($0)'?" })
      throw ExitStatus.usage
    }
    Terminal.write(section(found), to: .standardOutput)
  }

  private func document(_ codes: [DiagnosticCode]) -> String {
    let sections = codes.map(section).joined(separator: "\n")
    guard format == .markdown else { return sections }
    return
      "# Findings\n\nWhat `check` can report, by code. Written by `model-compose explain --all --format markdown`.\n\n"
      + sections
  }

  private func section(_ code: DiagnosticCode) -> String {
    switch format {
    case .text:
      return "\(code.id) (\(code.severity.rawValue)): \(code.summary)\n\n\(code.explanation)\n"
    case .markdown:
      let text = code.explanation
        .replacing("```yaml bad", with: "The mistake:\n\n```yaml")
        .replacing("```yaml good", with: "Better:\n\n```yaml")
      return "## \(code.id)\n\n\(code.summary) (\(code.severity.rawValue)).\n\n\(text)\n"
    }
  }
}
