/// Text between quotes in a Mermaid diagram.
///
/// Mermaid reads labels as Markdown and as HTML, and has its own entities: `#` with a name or a decimal number and `;`.
/// What any of the three would take for more than text is written as an entity.
func mermaidText(_ text: String) -> String {
  let shown = Array(pictureText(text).unicodeScalars)
  // Mermaid cuts the last semicolon of lines that look like its statements for styles, wherever these words stand.
  let looksLikeStyle = text.contains("style") || text.contains("classDef")
  var escaped = ""
  for (index, scalar) in shown.enumerated() {
    let before = index > 0 ? shown[index - 1] : " "
    let after = index + 1 < shown.count ? shown[index + 1] : " "
    let isSpecial =
      switch scalar {
      case "\"", "#", "<", ">", "&", "`", "*", "~", "[", "]", "{", "}", "|", "\\", "@", "$", "^", "%", "!", ";": true
      // `://` would become a link.
      case ":": looksLikeStyle || after == "/" || before == ":" || after == ":"
      case ".": before == "w" && index >= 3 || isListNumber(shown[..<index])
      case ")": isListNumber(shown[..<index])
      case "-", "+", "=": index == 0 || before == scalar || after == scalar
      // Inside of a word it is no emphasis.
      case "_": !isWord(before) || !isWord(after)
      default: false
      }
    if isSpecial { escaped += "#\(scalar.value);" } else { escaped.unicodeScalars.append(scalar) }
  }
  return escaped
}

/// Whether a full stop or a parenthesis behind these would begin a list.
private func isListNumber(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
  !scalars.isEmpty && scalars.allSatisfy { ("0"..."9").contains($0) }
}

private func isWord(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isAlphabetic || scalar.properties.numericType != nil
}
