import ComposeBasic
import ComposePlan
import ComposeRuntime
import Glibc

/// Saved plans in files.
enum SavedPlanFiles {
  /// Writes a plan with what is needed to recognise it.
  ///
  /// - Throws: ``FileProblem`` when the file cannot be written.
  static func write(
    _ plan: Plan, _ workflows: [WorkflowPlan], of compilation: Compilation, workflow: String?, input: Value?,
    to path: String
  ) throws(FileProblem) {
    let text = try text(of: plan, workflows, compilation, workflow, input)
    let descriptor = try Files.create(path)
    let isWritten = Terminal.write(Array(text.utf8), to: descriptor)
    let code = errno
    guard close(descriptor) == 0, isWritten else {
      throw FileProblem("'\(path)' cannot be written: \(Files.reason(code))")
    }
  }

  private static func text(
    of plan: Plan, _ workflows: [WorkflowPlan], _ compilation: Compilation, _ workflow: String?, _ input: Value?
  ) throws(FileProblem) -> String {
    do throws(JSONDocumentError) {
      let given = try input.map { (value) throws(JSONDocumentError) in
        try JSONDocument(reading: Array(value.jsonText.utf8))
      }
      if let saved = SavedPlan(compilation, workflow: workflow, input: given) {
        let options = PrintOptions(identity: compilation.identity)
        return try saved.text(addedTo: print(plan, workflows: workflows, as: .json, options: options))
      }
    } catch {
      throw FileProblem("the plan cannot be saved: \(error.message)")
    }
    throw FileProblem("the plan cannot be saved: the file has errors")
  }

  /// - Throws: ``FileProblem`` for a file that is missing, was edited, or is no saved plan.
  static func read(_ path: String) throws(FileProblem) -> SavedPlan {
    let bytes = try Files.read(path)
    do throws(SavedPlanError) {
      return try SavedPlan(reading: bytes)
    } catch {
      throw FileProblem("'\(path)' \(error.message)")
    }
  }
}

/// The plan that another one is compared with.
enum OtherPlan {
  /// A saved plan, or a compose file that is compiled as the present one is.
  ///
  /// - Returns: the plan, and secrets that must not be printed.
  /// - Throws: ``ExitStatus`` after what is wrong has been said.
  static func read(_ path: String, _ options: ProjectOptions) throws -> (PlanSnapshot, secrets: [String]) {
    let bytes = try said { () throws(FileProblem) in try Files.read(path) }
    if SavedPlan.isSavedPlan(bytes) {
      return (try said { () throws(FileProblem) in try SavedPlanFiles.read(path) }.snapshot, [])
    }
    var others = options
    others.files = [path]
    let project = try Project(others, isSandbox: false)
    guard let snapshot = PlanSnapshot(project.compilation) else { throw ExitStatus.usage }
    return (snapshot, project.plan.secrets)
  }
}
