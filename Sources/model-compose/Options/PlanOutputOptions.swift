import ArgumentParser
import ComposeBasic
import ComposePlan
import ComposeRuntime

/// How a plan is shown, and where it goes.
struct PlanOutputOptions: ParsableArguments {
  @Option(help: "How the plan is printed: text, json, mermaid, dot or svg.")
  var format: PlanFormat = .text

  @Flag(name: .customLong("summary"), help: "Ten lines at most, instead of the whole plan.")
  var isSummary = false

  @Flag(name: .customLong("markdown"), help: "With --summary or --against: as Markdown, for a pull request.")
  var isMarkdown = false

  @Flag(name: .customLong("curl"), help: "The requests as curl commands, with secrets as variables.")
  var isCurl = false

  @Flag(
    name: .customLong("no-locations"),
    help: "Leave out the places in files; the order of keys in a file makes no difference then.")
  var hidesLocations = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Save the plan to a file, for run --plan and plan --against.", valueName: "file"))
  var file: String?

  @Flag(name: .customLong("trace-passes"), help: "The plan before any pass, and what each pass changes in it.")
  var tracesPasses = false

  /// - Throws: `ValidationError` for options that mean nothing together.
  func validate(comparesWithOther: Bool) throws {
    let forms = [isSummary, isCurl, tracesPasses, format != .text && !comparesWithOther, file != nil].filter(\.self)
    if forms.count > 1 {
      throw ValidationError("--summary, --curl, --trace-passes, --format and --output exclude each other")
    }
    if isMarkdown, !isSummary, !comparesWithOther {
      throw ValidationError("--markdown needs --summary or --against")
    }
    if comparesWithOther {
      if isSummary || isCurl || tracesPasses || file != nil {
        throw ValidationError("--against shows a difference, and no plan")
      }
      if ![.text, .json].contains(format) { throw ValidationError("--against is printed as text or json") }
      if isMarkdown, format == .json { throw ValidationError("--markdown and --format json exclude each other") }
    }
  }

  /// Prints the plan, or saves it.
  func write(
    _ plan: Plan, _ workflows: [WorkflowPlan], of compilation: Compilation, workflow: String?, input: Value?
  ) throws {
    if let file {
      try said { () throws(FileProblem) in
        try SavedPlanFiles.write(plan, workflows, of: compilation, workflow: workflow, input: input, to: file)
      }
      return
    }
    Terminal.write(text(plan, workflows, of: compilation), to: .standardOutput)
  }

  private func text(_ plan: Plan, _ workflows: [WorkflowPlan], of compilation: Compilation) -> String {
    if isSummary { return print(plan, workflows: workflows, as: isMarkdown ? PlanReport.markdown : .summary) }
    if isCurl { return print(plan, workflows: workflows, as: PlanReport.curl) }
    let options = PrintOptions(locations: !hidesLocations, identity: compilation.identity)
    return print(plan, workflows: workflows, as: format, options: options)
  }
}
