package import ComposeBasic

/// Lists the type of every expression of a program, one on each line and in the order of the file.
///
/// ```
/// model-compose.yml:12:14: ${input.prompt as text}: text
/// ```
package func typeListing(of program: TypedProgram, in sources: SourceSet) -> String {
  var lines = ""
  for expression in program.expressionTypes {
    let file = sources[expression.range.file]
    let position = file.lines.position(at: Int(expression.range.start))
    let text = file.text(of: expression.range).split(whereSeparator: \.isNewline).joined(separator: " ")
    lines += "\(file.path):\(position.line):\(position.column): \(text): \(expression.type)\n"
  }
  return lines
}
