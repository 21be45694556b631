import ComposeBasic
import ComposeSyntax
import Glibc

/// Collects the variables that a file can name: files, then the process, then the command line; later ones win.
func loadEnvironment(_ options: ProjectOptions) throws(FileProblem) -> Environment {
  var environment = Environment()
  var files = options.environmentFiles
  if files.isEmpty, Files.exists(".env") { files = [".env"] }
  for path in files {
    let lines = dotenvLines(String(decoding: try Files.read(path), as: UTF8.self))
    options.verbosity.tell("read \(path) (\(lines.count) variables)")
    for line in lines {
      environment.set(line.name, line.value, origin: "\(path):\(line.number)")
    }
  }
  var entry = environ
  while let text = entry.pointee {
    let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if pair.count == 2 { environment.set(String(pair[0]), String(pair[1]), origin: "process environment") }
    entry += 1
  }
  for variable in options.variables {
    let pair = variable.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard pair.count == 2, !pair[0].isEmpty else {
      throw FileProblem("'-e \(pair[0])' has no value", help: "write -e NAME=value")
    }
    environment.set(String(pair[0]), String(pair[1]), origin: "-e")
  }
  return environment
}

/// One setting of a file of variables.
struct DotenvLine: Equatable {
  let name: String
  let value: String
  /// 1-based.
  let number: Int
}

/// Reads `NAME=value` lines as the reference's library does: `export` is allowed, a value may be quoted, ` #` begins a
/// comment behind an unquoted value, and a name without `=` sets nothing.
func dotenvLines(_ text: String) -> [DotenvLine] {
  text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap { index, line in
    var line = line.drop(while: \.isWhitespace)
    if line.hasPrefix("export "), let rest = line.dropFirst(7).firstIndex(where: { !$0.isWhitespace }) {
      line = line[rest...]
    }
    guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { return nil }
    let name = String(line[..<equals]).trimmingBlanks
    guard !name.isEmpty else { return nil }
    return DotenvLine(name: name, value: dotenvValue(line[line.index(after: equals)...]), number: index + 1)
  }
}

private func dotenvValue(_ text: Substring) -> String {
  let text = String(text).trimmingBlanks
  guard let quote = text.first, quote == "\"" || quote == "'" else {
    guard let comment = text.utf8Index(of: " #") else { return text.hasPrefix("#") ? "" : text }
    return String(text[..<comment]).trimmingBlanks
  }
  var value = ""
  var isEscaped = false
  for character in text.dropFirst() {
    if isEscaped {
      switch (quote, character) {
      case ("\"", "n"): value.append("\n")
      case ("\"", "r"): value.append("\r")
      case ("\"", "t"): value.append("\t")
      case (_, "\\"), ("\"", "\""), ("'", "'"): value.append(character)
      default: value += "\\\(character)"
      }
      isEscaped = false
    } else if character == "\\" {
      isEscaped = true
    } else if character == quote {
      return value
    } else {
      value.append(character)
    }
  }
  return text
}

extension String {
  fileprivate func utf8Index(of text: String) -> Index? {
    indices.first { self[$0...].hasPrefix(text) }
  }
}
