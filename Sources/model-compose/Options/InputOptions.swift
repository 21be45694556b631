import ArgumentParser
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

  /// - Throws: ``FileProblem`` when the input is not JSON, or cannot be read.
  func value() throws(FileProblem) -> Value {
    var value = try input.map { (text) throws(FileProblem) in try parsed(text) } ?? .object(OrderedObject())
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

  private func parsed(_ text: String) throws(FileProblem) -> Value {
    let bytes: [UInt8]
    let name: String
    if text == "-" {
      bytes = try Files.readStandardInput()
      name = "standard input"
    } else if text.hasPrefix("@") {
      bytes = try Files.read(String(text.dropFirst()))
      name = String(text.dropFirst())
    } else {
      bytes = Array(text.utf8)
      name = "--input"
    }
    do throws(JSONError) {
      return try parseJSON(bytes)
    } catch {
      throw FileProblem("\(name) is not valid JSON: \(error)", help: "for example --input '{\"prompt\": \"Hello\"}'")
    }
  }
}
