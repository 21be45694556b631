/// A line that GitHub Actions takes for a command, read as its runner does.
struct WorkflowCommand {
  let name: String
  let properties: [String: String]
  let message: String

  init?(_ line: some StringProtocol) {
    guard line.hasPrefix("::") else { return nil }
    let rest = line.dropFirst(2)
    guard let end = rest.firstRange(of: "::") else { return nil }
    let head = rest[..<end.lowerBound].split(separator: " ", maxSplits: 1)
    guard let name = head.first else { return nil }
    var properties: [String: String] = [:]
    for property in (head.count > 1 ? head[1] : "").split(separator: ",") {
      let parts = property.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      properties[String(parts[0])] = WorkflowCommand.unescaped(parts[1], ["%3A": ":", "%2C": ","])
    }
    self.name = String(name)
    self.properties = properties
    message = WorkflowCommand.unescaped(rest[end.upperBound...], [:])
  }

  private static func unescaped(_ text: some StringProtocol, _ more: [String: String]) -> String {
    var result = String(text)
    for (escape, character) in more { result = result.replacing(escape, with: character) }
    return result.replacing("%0D", with: "\r").replacing("%0A", with: "\n").replacing("%25", with: "%")
  }
}
