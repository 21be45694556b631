import ArgumentParser
import ComposeBasic

/// Where the events of a run go.
struct EventOptions: ParsableArguments {
  /// What `--events` alone means.
  static let standard = "/dev/stderr"

  @Option(
    name: .customLong("events"),
    help: ArgumentHelp(
      "Write what happens as JSON lines: to standard error, or with --events=FILE to a file; - is standard output.",
      valueName: "file"))
  var path: String?

  /// Opens the place.
  ///
  /// - Parameter resultIsInFile: whether nothing else goes to standard output.
  /// - Returns: a descriptor; `nil` when no events are wanted.
  /// - Throws: ``FileProblem`` when they cannot go there.
  func open(resultIsInFile: Bool) throws(FileProblem) -> Int32? {
    switch path {
    case nil: return nil
    case Self.standard: return 2
    case "-", "/dev/stdout":
      guard resultIsInFile else {
        throw FileProblem(
          "--events=- has no place beside the result, which goes to standard output too",
          help: "write the result to a file with -o FILE, or the events with --events=FILE")
      }
      return 1
    case let path?: return try Files.create(path)
    }
  }
}
