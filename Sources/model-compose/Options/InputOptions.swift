import ArgumentParser
import ComposeBasic
import ComposePlan
import ComposeRuntime

/// The options that say what a run is given.
struct InputOptions: ParsableArguments {
  @Option(
    name: [.customShort("i"), .customLong("input")],
    help: ArgumentHelp("The input as JSON, @FILE with JSON, or - for standard input.", valueName: "json"))
  var input: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("One input as text; it wins over --input.", valueName: "name=value"))
  var settings: [String] = []

  /// Whether the command line says anything about the input.
  var isGiven: Bool { input != nil || !settings.isEmpty }

  /// The input, or what a saved plan was made with where the command line says nothing.
  func value(orElse saved: JSONDocument?) throws(FileProblem) -> Value {
    guard let saved, !isGiven else { return try value() }
    var json = JSONWriter(.compact)
    saved.append(to: &json)
    do throws(JSONError) { return try parseJSON(json.bytes) } catch {
      throw FileProblem("the input of the saved plan is not valid JSON: \(error)")
    }
  }

  /// - Throws: ``FileProblem`` when the input is not JSON, or cannot be read.
  func value() throws(FileProblem) -> Value {
    var value =
      try input.map { (text) throws(FileProblem) in
        try parsedJSON(text, option: "--input", example: "{\"prompt\": \"Hello\"}")
      } ?? .object(OrderedObject())
    guard !settings.isEmpty else { return value }
    guard case .object(var object) = value else {
      throw FileProblem("--set needs an object as input, and --input is \(value.kindName)")
    }
    for setting in settings {
      let pair = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, !pair[0].isEmpty else {
        throw FileProblem("'--set \(setting)' has no value", help: "write --set name=value")
      }
      object[String(pair[0])] = .text(String(pair[1]))
    }
    value = .object(object)
    return value
  }
}
