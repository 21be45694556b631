import ComposeBasic

/// The source form: reading it again gives the same expression.
extension Expression: CustomStringConvertible {
  package var description: String {
    var text = (spelling == .braces ? "${" : "$<") + root.value
    if isChunk { text += "[]" }
    if let index { text += index.value.description }
    for (offset, segment) in path.enumerated() {
      switch segment.value {
      case .key: text += "."
      // Directly after the root a bracket would be the root's own index.
      case .index, .slice, .wildcard: text += offset == 0 ? "." : ""
      }
      text += segment.value.description
    }
    if let cast { text += " as " + cast.description }
    if let fallback { text += " | " + fallback.description }
    for annotation in annotations { text += " " + annotation.description }
    // A backslash would take the brace for text; a line break there is no part of the default.
    if text.utf8.last == UInt8(ascii: "\\") { text += "\n" }
    return text + (spelling == .braces ? "}" : ">")
  }
}

extension PathSegment: CustomStringConvertible {
  package var description: String {
    switch self {
    case .key(let name): name
    case .index, .slice, .wildcard: "[\(inside)]"
    }
  }

  /// What stands between the brackets; a key without them.
  var inside: String {
    switch self {
    case .key(let name): name
    case .index(let index): "\(index)"
    case .slice(let from, let to): "\(from.map(String.init) ?? ""):\(to.map(String.init) ?? "")"
    case .wildcard: "*"
    }
  }
}

extension Cast: CustomStringConvertible {
  package var description: String {
    var text = type.value
    if isList { text += "[]" }
    if let subtype { text += "/" + subtype.value }
    if brackets != nil {
      let items = attributes.map { "\($0.name.value)=\($0.value.description)" } + strayAttributes.map(\.value)
      text += "[" + items.joined(separator: ", ") + "]"
    }
    if let format { text += ";" + format.value }
    return text
  }
}

extension Annotation: CustomStringConvertible {
  package var description: String { "@(\(name.value) \(text.value))" }
}

/// Environment values appear as the reference that they were put in for, so that no secret is printed.
extension TemplateText: CustomStringConvertible {
  package var description: String {
    var text = ""
    for part in parts {
      switch part {
      case .text(let piece): text += piece.value
      case .environment(let reference): text += "${env.\(reference.name)}"
      case .expression(let expression): text += expression.description
      }
    }
    return text
  }
}
