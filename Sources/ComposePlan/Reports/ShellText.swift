/// Text as a POSIX shell reads it (IEEE Std 1003.1, Shell Command Language, section 2.2).
enum ShellText {
  /// In single quotes, where nothing has a meaning.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: #"'\''"#) + "'"
  }

  /// Plain, if no character has a meaning, else in single quotes.
  static func word(_ text: String) -> String {
    let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/:=,@+%".utf8)
    return !text.isEmpty && text.utf8.allSatisfy(plain.contains) ? text : quoted(text)
  }

  /// For a place inside double quotes.
  static func inDoubleQuotes(_ text: String) -> String {
    escaped(text, marks: "\\$`\"")
  }

  /// For a default inside `"${NAME:=…}"`, which the first free brace would end.
  static func inDefault(_ text: String) -> String {
    escaped(text, marks: "\\$`\"}")
  }

  /// For a line of a here-document whose mark is not quoted.
  static func inHereDocument(_ text: String) -> String {
    escaped(text, marks: "\\$`")
  }

  private static func escaped(_ text: String, marks: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if marks.unicodeScalars.contains(scalar) { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }

  /// A comment must stay on its line.
  static func comment(_ text: String) -> String {
    "# " + String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
  }
}
