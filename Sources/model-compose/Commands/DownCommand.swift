import ArgumentParser
import ComposeBasic
import ComposeComponents
import ComposeHTTP
import ComposePlan
import ComposeRuntime

/// `down`: ends the service of a project, and cleans up what its components have set up.
struct DownCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "down",
    abstract: "End the service, and run what its components declare as 'clean'.",
    discussion: """
      Exit status: 0 it is down, 1 it runs on or a component could not be cleaned up, 2 bad usage or a file with errors.
      """)

  @OptionGroup var options: StopOptions
  @OptionGroup var instance: InstanceOptions
  @OptionGroup var project: ProjectOptions

  func run() async throws {
    try await ServiceStop(place: InstancePlace(project, pidFile: instance.pidFile), options: options).run()
    // No request is sent, so a missing key is no reason to leave things behind.
    let loaded = try Project(project, isSandbox: true)
    let transport = CurlTransport()
    let host = ComponentRegistry(
      services: Services(
        transport: transport, localTransport: transport, allowsFileURLs: false,
        processes: loaded.processes(isService: true)))
    let workflows = loaded.plan.workflows
    let outcome = await endingEarly { await host.cleanUp(loaded.plan.reach(of: workflows).invocations) }
    await host.stop()
    let failures = try outcome.get()
    let redactor = Redactor(secrets: loaded.plan.secrets)
    for failure in failures { loaded.show(redactor.redact(failure), project) }
    if !failures.isEmpty { throw ExitStatus.failure }
  }
}
