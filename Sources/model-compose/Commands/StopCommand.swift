import ArgumentParser

/// `stop`: ends the service of a project.
struct StopCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop",
    abstract: "End the service and wait until it has ended.",
    discussion: """
      The service is that of the same compose files, in the same folder. Exit status: 0 it has ended or did not run, \
      1 it runs on, 2 bad usage.
      """)

  @OptionGroup var options: StopOptions
  @OptionGroup var instance: InstanceOptions
  @OptionGroup var project: ProjectOptions

  func run() async throws {
    try await ServiceStop(place: InstancePlace(project, pidFile: instance.pidFile), options: options).run()
  }
}
