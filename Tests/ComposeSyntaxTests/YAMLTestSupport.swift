import ComposeBasic
import ComposeSyntax

/// A parsed text with what was found in it.
struct ParsedYAML {
  let file: SourceFile
  let document: YAMLDocument
  let diagnostics: [Diagnostic]

  init(_ bytes: [UInt8], environment: [String: String] = [:]) {
    var sources = SourceSet()
    file = sources.add(path: "test.yml", bytes: bytes)
    var known = Environment()
    for (name, value) in environment { known.set(name, value, origin: "-e") }
    var found = Diagnostics()
    document = parseYAML(file, environment: known, into: &found)
    diagnostics = found.sorted()
  }

  init(_ text: String, environment: [String: String] = [:]) {
    self.init(Array(text.utf8), environment: environment)
  }

  /// `line:column-line:column`, columns in bytes.
  func place(_ range: SourceRange) -> String { point(range.start) + "-" + point(range.end) }

  func point(_ offset: UInt32) -> String {
    let position = file.lines.position(at: Int(offset))
    return "\(position.line):\(position.column)"
  }

  /// `line:column code` of every finding.
  var findings: [String] { diagnostics.map { "\(point($0.range.start)) \($0.code.id)" } }

  /// The value of a top-level key.
  subscript(key: String) -> YAMLNode? { document.root?[key: key] }

  // MARK: Tree dump

  /// One line for each node with its range; below a scalar, how its text maps to the file unless it stands there as is.
  var tree: String {
    var lines: [String] = []
    if let root = document.root { dump(root, "", 0, &lines) } else { lines.append("no root") }
    lines += diagnostics.map { "\(place($0.range)) \($0.severity) [\($0.code.id)] \($0.message)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func dump(_ node: YAMLNode, _ label: String, _ depth: Int, _ lines: inout [String]) {
    let indent = String(repeating: "  ", count: depth)
    let head = indent + place(node.range) + " " + label
    switch node.content {
    case .scalar(let scalar):
      lines.append(head + "\(scalar.style) \(describe(scalar.value)) \(quoted(scalar.text))")
      if scalar.map.segments.count != 1 || scalar.map.segments[0].isIdentity == false {
        let segments = scalar.map.segments.map { segment in
          let sign = segment.isIdentity ? "=" : "~"
          return "\(segment.decodedStart)+\(segment.decodedCount)\(sign)\(point(UInt32(segment.sourceStart)))"
            + (segment.isIdentity ? "" : "+\(segment.sourceCount)")
        }
        if !segments.isEmpty { lines.append(indent + "  map " + segments.joined(separator: " ")) }
      }
      for span in scalar.environment { lines.append(indent + "  \(span.range) is \(span.reference.name)") }
    case .sequence(let items):
      lines.append(head + "sequence")
      for item in items { dump(item, "- ", depth + 1, &lines) }
    case .mapping(let entries):
      lines.append(head + "mapping")
      for entry in entries {
        dump(entry.key, "key ", depth + 1, &lines)
        dump(entry.value, "value ", depth + 1, &lines)
      }
    }
  }

  private func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONWriter.appendQuoted(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The kind of a value, and the value where it is not the text.
func describe(_ value: ScalarValue) -> String {
  switch value {
  case .null: "null"
  case .boolean(let value): "boolean \(value)"
  case .integer(let value): "integer \(value)"
  case .bigInteger(let digits): "bigInteger \(digits)"
  case .number(let value): "number \(value)"
  case .timestamp: "timestamp"
  case .text: "text"
  }
}
