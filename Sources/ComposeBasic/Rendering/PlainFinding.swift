/// How the formats of other tools say what we say in parts of our own.
extension Diagnostic {
  /// The message, and in further lines what to do and what the reference does.
  var plainText: String {
    var lines = [message]
    if let help { lines.append("help: \(help)") }
    if let upstream { lines.append("upstream: \(upstream)") }
    return lines.joined(separator: "\n")
  }

  /// ``plainText``, and the notes with their places, for formats that have no room for second places.
  func plainText(withNotesIn sources: SourceSet) -> String {
    ([plainText] + notes.map { "note: \(sources.location(of: $0.range)): \($0.message)" }).joined(separator: "\n")
  }
}

extension SourceFile {
  /// The path without a `./` in front, which GitHub and GitLab do not take for the file of that name.
  var plainPath: String {
    var path = path[...]
    while path.hasPrefix("./") { path = path.dropFirst(2).drop { $0 == "/" } }
    return path.isEmpty ? self.path : String(path)
  }
}
