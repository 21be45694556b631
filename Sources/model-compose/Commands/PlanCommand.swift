import ArgumentParser
import ComposeBasic
import ComposePlan
import ComposeRuntime

/// `plan`: shows what would run, and runs nothing.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a run would do, without doing it.",
    discussion: """
      Exit status: 0, 1 the file has errors, 2 bad usage or an unreadable file. With --detailed-exitcode and --against: \
      0 nothing changed, 4 something changed, 5 callers of the other one break.
      """)

  @Argument(help: ArgumentHelp("The workflow; without it, all of them.", valueName: "workflow"))
  var workflow: String?

  @OptionGroup var input: InputOptions
  @OptionGroup var output: PlanOutputOptions
  @OptionGroup var comparison: ComparisonOptions
  @OptionGroup var project: ProjectOptions

  func validate() throws {
    try output.validate(comparesWithOther: comparison.against != nil)
    try comparison.validate()
  }

  func run() throws {
    let loaded = try Project(project, isSandbox: false, statusOfErrors: .failure)
    let named = try workflow.map { try loaded.workflow(named: $0) }
    if let other = comparison.against {
      try comparison.compare(loaded.compilation, with: other, workflow: named?.id, project, output)
      return
    }
    if output.tracesPasses {
      guard let lowered = loaded.compilation.lowered else { return }
      Terminal.write(tracePasses(lowered), to: .standardOutput)
      return
    }
    let given = try given(to: named, of: loaded)
    let plan = given.plan
    let workflows = named.map { named in plan.workflows.filter { $0.id == named.id } } ?? plan.workflows
    try output.write(plan, workflows, of: loaded.compilation, workflow: named?.id, input: given.input)
  }

  /// The plan with what the input decides, when one is given.
  private func given(to named: WorkflowPlan?, of loaded: Project) throws -> (plan: Plan, input: Value?) {
    guard input.isGiven else { return (loaded.plan, nil) }
    let workflow = try named ?? loaded.workflow(named: nil)
    let value = try said { () throws(FileProblem) in try input.value() }
    try said { () throws(FileProblem) in try InputOptions.refuseMisspeltNames(in: value, for: workflow) }
    guard let lowered = loaded.compilation.lowered else { return (loaded.plan, value) }
    return (PassPipeline.run(on: specialize(lowered, workflow: workflow.id, input: value)), value)
  }
}
