import ArgumentParser
import ComposeBasic
import ComposePlan

/// `plan --against`: what changed since another plan.
struct ComparisonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What changed since another compose file or a saved plan, and whether callers notice.", valueName: "file"))
  var against: String?

  @Flag(
    name: .customLong("detailed-exitcode"),
    help: "With --against: exit with 0 when nothing changed, 4 when something did, 5 when callers break.")
  var hasDetailedStatus = false

  func validate() throws {
    if hasDetailedStatus, against == nil { throw ValidationError("--detailed-exitcode needs --against") }
  }

  /// Prints the difference.
  ///
  /// - Parameter workflow: the one that is looked at; `nil` for all.
  /// - Throws: ``ExitStatus`` when the other plan cannot be used, and what `--detailed-exitcode` asks for.
  func compare(
    _ compilation: Compilation, with other: String, workflow: String?, _ project: ProjectOptions,
    _ output: PlanOutputOptions
  ) throws {
    guard var new = PlanSnapshot(compilation) else { throw ExitStatus.failure }
    var (old, secrets) = try OtherPlan.read(other, project)
    if let workflow {
      old.workflows.removeAll { $0.id != workflow }
      new.workflows.removeAll { $0.id != workflow }
    }
    let difference = ComposePlan.compare(old, with: new)
    secrets += compilation.plan?.secrets ?? []
    let format: DifferenceFormat = output.format == .json ? .json : output.isMarkdown ? .markdown : .text
    let color = format == .text && project.color.isOn(.standardOutput)
    Terminal.write(
      print(difference, as: format, redactor: Redactor(secrets: secrets), color: color), to: .standardOutput)
    guard hasDetailedStatus else { return }
    switch difference.status {
    case .same: return
    case .changed: throw ExitStatus.changed
    case .breaking: throw ExitStatus.breaking
    }
  }
}
