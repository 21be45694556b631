import ComposeRuntime

/// The value of an option that takes JSON, `@FILE` with JSON, or `-` for standard input.
///
/// - Parameters:
///   - option: the option's name, for messages.
///   - example: JSON that the option takes.
/// - Throws: ``FileProblem`` when it is not JSON, or cannot be read.
func parsedJSON(_ text: String, option: String, example: String) throws(FileProblem) -> Value {
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
    name = option
  }
  do throws(JSONError) {
    return try parseJSON(bytes)
  } catch {
    throw FileProblem("\(name) is not valid JSON: \(error)", help: "for example \(option) '\(example)'")
  }
}
