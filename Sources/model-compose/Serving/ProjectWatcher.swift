import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeSyntax

/// Follows the files of a project that is served. A change is checked first; what has errors changes nothing.
struct ProjectWatcher: Sendable {
  let watcher: FileWatcher
  let log: ServiceLog
  let serving: ProjectServing
  /// Serves another version from now on. What runs already ends with the version that it began with.
  let replace: @Sendable (ServedProject) -> Void

  /// The files that a project is read from, whether they are there or not.
  static func files(_ options: ProjectOptions) throws(FileProblem) -> [String] {
    let environment = options.environmentFiles.isEmpty ? [".env"] : options.environmentFiles
    return try ProjectLoader.paths(options) + environment + options.api
  }

  /// Follows the files until the task is cancelled.
  ///
  /// - Parameter first: the version that is served already.
  func run(from first: Project) async {
    var served = first
    await withTaskCancellationHandler {
      for await _ in watcher.changes {
        if let project = await reload(served) { served = project }
      }
    } onCancel: {
      watcher.stop()
    }
  }

  /// - Returns: the version that is served from now on; `nil` when nothing has changed.
  private func reload(_ served: Project) async -> Project? {
    let clock = SystemClock()
    let start = clock.now
    do {
      let loaded = try serving.load()
      let project = loaded.project
      try refuseServers(in: loaded)
      replace(try await serving.start(loaded))
      let seconds = Double(clock.now.nanoseconds - start.nanoseconds) / 1e9
      let fixed = project.changesThatNeedARestart(since: served)
      let restart = fixed.isEmpty ? "" : "; restart the service to change \(fixed.joined(separator: ", "))"
      say(.info, "reloaded in \(secondsText(seconds, decimals: 3))\(restart)")
      return project
    } catch let error as RuntimeError {
      say(.error, "not reloaded, the version before is still served: \(error.message)")
    } catch {
      say(.error, "not reloaded, the version before is still served")
    }
    return nil
  }

  /// A component that is a server of its own has its port as long as the version before is served.
  private func refuseServers(in loaded: ProjectServing.Loaded) throws {
    let invocations = loaded.project.plan.reach(of: loaded.workflows).invocations
    guard let server = invocations.first(where: { $0.type == "http-server" }) else { return }
    throw RuntimeError(
      .unsupported, "component '\(server.component)' is a server of its own: restart the service")
  }

  /// Whoever watches files wants to know, whatever the log tells otherwise.
  private func say(_ level: LogLevel, _ message: String) {
    if log.wants(level) {
      log.say(level, message)
    } else {
      Terminal.write(message + "\n", to: .standardError)
    }
  }
}

extension Project {
  /// What another version changes of what is fixed while a service runs, in words.
  fileprivate func changesThatNeedARestart(since old: Project) -> [String] {
    var changes: [String] = []
    func note(_ what: String, _ isChanged: Bool) {
      if isChanged { changes.append(what) }
    }
    let (new, before) = (plan.serving, old.plan.serving)
    note("the addresses of the API", new.apis.map(\.address) != before.apis.map(\.address))
    note("the base paths", new.apis.map(\.basePath) != before.apis.map(\.basePath))
    note("the address of the Web UI", new.webUI != before.webUI)
    note("the origins", new.apis.map(\.origins) != before.apis.map(\.origins))
    note(
      "how it shuts down",
      (new.shutdownPending, new.shutdownTimeout) != (before.shutdownPending, before.shutdownTimeout))
    note("the listeners", texts(of: .listener) != old.texts(of: .listener))
    note("the loggers", texts(of: .logger) != old.texts(of: .logger))
    return changes
  }

  /// The declarations as they are written.
  private func texts(of kind: SectionDecl.Kind) -> [String] {
    compilation.program.file.sections.filter { $0.kind == kind }.map { section in
      let bytes = plan.sources[section.range.file].bytes
      return String(decoding: bytes[Int(section.range.start)..<Int(section.range.end)], as: UTF8.self)
    }
  }
}
