import ArgumentParser
import ComposeBasic

/// How much a command says besides its result.
struct VerbosityOptions: ParsableArguments {
  @Flag(name: [.customShort("q"), .customLong("quiet")], help: "Say only what is wrong.")
  var quiet = false

  @Flag(
    name: [.customShort("v"), .customLong("verbose")], help: "Tell on standard error what is read, and all findings.")
  var verbose = false

  func validate() throws {
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
  }

  /// Writes a line to standard error when everything is to be told.
  func tell(_ text: @autoclosure () -> String) {
    if verbose { Terminal.write(text() + "\n", to: .standardError) }
  }

  /// Tells which files were read.
  func tellFiles(_ sources: SourceSet) {
    for file in sources.files { tell("read \(file.path) (\(file.bytes.count) bytes)") }
  }
}
