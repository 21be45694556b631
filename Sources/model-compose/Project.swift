import ComposeBasic
import ComposeComponents
import ComposePlan
import ComposeRuntime
import ComposeSema

/// A checked file, ready to run.
struct Project {
  let plan: Plan
  let compilation: Compilation

  /// Compiles the file, shows what was found, and refuses what cannot run.
  ///
  /// - Parameters:
  ///   - statusOfErrors: how a file with errors ends the command.
  ///   - willCompile: called with the files when they are read.
  /// - Throws: ``ExitStatus`` after everything has been said.
  init(
    _ options: ProjectOptions, isSandbox: Bool, statusOfErrors: ExitStatus = .usage,
    willCompile: (SourceSet) -> Void = { _ in }
  ) throws {
    let compilation = try said { () throws(FileProblem) in
      try ProjectLoader.compile(options, isSandbox: isSandbox, willCompile: willCompile)
    }
    // A log is not the place for warnings that nobody asked for.
    let verbosity = options.verbosity
    let isTold = verbosity.verbose || Terminal.isTerminal(.standardError) && !verbosity.quiet
    var shown = compilation.diagnostics
    shown.keep { $0.severity == .error || isTold }
    if !shown.all.isEmpty {
      Self.show(shown, compilation.sources, options, summary: !verbosity.quiet)
    }
    guard let plan = compilation.plan else {
      throw statusOfErrors
    }
    self.plan = plan
    self.compilation = compilation
  }

  /// The workflow of that name, or the default one.
  func workflow(named name: String?) throws -> WorkflowPlan {
    if let name {
      if let workflow = plan.workflow(named: name) { return workflow }
      let names = plan.workflows.map(\.id)
      Terminal.complain(
        "there is no workflow '\(name)'",
        help: suggestion(for: name, among: names).map { "did you mean '\($0)'?" }
          ?? (names.isEmpty ? nil : "there is \(names.joined(separator: ", "))"))
      throw ExitStatus.usage
    }
    if let workflow = plan.defaultWorkflow { return workflow }
    if plan.workflows.isEmpty {
      Terminal.complain("the file has no workflow: there is nothing to run")
    } else {
      Terminal.complain(
        "the file has \(plan.workflows.count) workflows and none is the default",
        help: "name one of \(plan.workflows.map(\.id).joined(separator: ", "))")
    }
    throw ExitStatus.usage
  }

  /// Refuses workflows that need what this program does not run, all reasons at once, and unset variables.
  ///
  /// - Parameter others: what else the command does not do.
  func refuseWhatCannotRun(_ workflows: [WorkflowPlan], host: ComponentRegistry, and others: [Refusal] = []) throws {
    let reasons = refusals(of: workflows, in: plan, host: host) + others
    let unset = plan.environment.filter { $0.value == nil }
    guard !reasons.isEmpty || !unset.isEmpty else { return }
    if !reasons.isEmpty {
      let lines = reasons.map { "  \(plan.sources.location(of: $0.range)): \($0.message)" }
      let isType = reasons.contains(where: \.isOfComponentType)
      Terminal.complain(
        "this file needs what this version does not run\n" + lines.joined(separator: "\n"),
        help: isType
          ? """
          run such a component as a service of its own, and call it with an http-client; \
          these types run here: \(ComponentRegistry.types.sorted().joined(separator: ", "))
          """
          : nil)
    }
    if !unset.isEmpty {
      let lines = unset.map { "  \($0.name)  (\(plan.sources.location(of: $0.range)))" }
      Terminal.complain(
        "environment variables are not set\n" + lines.joined(separator: "\n"),
        help: "set them in .env, in the process environment or with -e NAME=value")
    }
    throw ExitStatus.usage
  }

  /// Starts what components of the workflows need before their first call.
  ///
  /// - Throws: why one cannot start, without secrets.
  func start(_ host: ComponentRegistry, for workflows: [WorkflowPlan]) async throws(RuntimeError) {
    do throws(RuntimeError) {
      try await host.start(plan.reach(of: workflows).invocations)
    } catch {
      throw Redactor(secrets: plan.secrets).redact(error)
    }
  }

  /// Refuses to run a saved plan that the files or the environment no longer fit, all reasons at once.
  func refuseMisfits(of saved: SavedPlan) throws {
    let misfits = saved.misfits(with: compilation)
    guard !misfits.isEmpty else { return }
    let redactor = Redactor(secrets: plan.secrets)
    let lines = misfits.map { "  " + redactor.redact($0.message) }
    Terminal.complain(
      "this is no longer what the saved plan says\n" + lines.joined(separator: "\n"),
      help: "look at the changes with 'plan --against', and save the plan anew with 'plan -o'")
    throw ExitStatus.usage
  }

  /// Shows a failed run as a finding at its place in the file.
  func show(_ error: RuntimeError, _ options: ProjectOptions) {
    let job = error.job.map { $0 == "__job__" ? "" : "job '\($0)': " } ?? ""
    guard let range = error.range else {
      Terminal.complain("\(job)\(error.message)")
      return
    }
    let code = DiagnosticCode(error.code.rawValue, .error, "a failed run")
    var diagnostics = Diagnostics()
    var diagnostic = Diagnostic(code, job + error.message, at: range).help(help(for: error))
    diagnostic.concealed = plan.writtenSecrets.places
    diagnostics.emit(diagnostic)
    Self.show(diagnostics, plan.sources, options, summary: false)
  }

  /// What a reader can do about the usual failures.
  private func help(for error: RuntimeError) -> String? {
    switch (error.code, error.status) {
    case (.provider, 401), (.provider, 403): "check the key that the request sends"
    case (.provider, 429): error.retryAfter.map { "try again in \(Int(min($0, 86_400).rounded(.up))) s" }
    case (.timeout, _):
      "the limit is set by 'timeout', in the action, the component, the job or the run; that of a server that starts by "
        + "'start_timeout'"
    case (.unanswered, _):
      "answer with --answer JOB=JSON, go on without with --auto-resume, or run it on a terminal"
    default: nil
    }
  }

  private static func show(
    _ diagnostics: Diagnostics, _ sources: SourceSet, _ options: ProjectOptions, summary: Bool = true
  ) {
    let report = DiagnosticReport(diagnostics, sources: sources, checkedFiles: sources.files.count)
    let text = render(
      report, as: .human,
      options: RenderOptions(
        color: options.color.isOn(.standardError), width: Terminal.width(.standardError), summary: summary))
    Terminal.write(text, to: .standardError)
  }
}

/// Runs the body; a file that cannot be used is complained about and ends the command.
func said<Result>(_ body: () throws(FileProblem) -> Result) throws -> Result {
  do throws(FileProblem) {
    return try body()
  } catch {
    Terminal.complain(error.message, help: error.help)
    throw ExitStatus.usage
  }
}
