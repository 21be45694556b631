import ArgumentParser

/// `start`: serves the workflows without setting anything up.
struct StartCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: "Serve the workflows as 'up' does, without the setup of components.",
    discussion: """
      What components declare as 'install' and 'build' is passed over: an earlier 'up' has done it. Exit status: as \
      with 'up'.
      """)

  @OptionGroup var up: UpCommand

  func run() async throws { try await up.serve(skipsSetup: true) }
}
