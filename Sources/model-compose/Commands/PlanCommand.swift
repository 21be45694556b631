import ArgumentParser
import ComposePlan

/// `plan`: shows what would run, and runs nothing.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a run would do, without doing it.",
    discussion: "Exit status: 0, 1 the file has errors, 2 bad usage or an unreadable file.")

  @Argument(help: ArgumentHelp("The workflow; without it, all of them.", valueName: "workflow"))
  var workflow: String?

  @OptionGroup var project: ProjectOptions

  @Option(help: "How the plan is printed: text or json.")
  var format: PlanFormat = .text

  func run() throws {
    let loaded = try Project(project, isSandbox: false, statusOfErrors: .failure)
    let workflows = workflow == nil ? loaded.plan.workflows : [try loaded.workflow(named: workflow)]
    Terminal.write(print(loaded.plan, workflows: workflows, as: format), to: .standardOutput)
  }
}
