import ArgumentParser
import ComposePlan
import ComposeSema

/// `schema`: what a compose file may hold, for editors.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of the compose file, for editors.",
    discussion: "Exit status: 0.")

  func run() {
    var schema = EditorSchema(.builtIn)
    Terminal.write(schema.text(), to: .standardOutput)
  }
}
