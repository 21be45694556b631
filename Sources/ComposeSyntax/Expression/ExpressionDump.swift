import ComposeBasic

/// An S-expression of a text, for goldens and for people who look at what the parser saw.
///
/// Every list is a name, its byte range in the file and its content; values of the environment are not shown.
struct ExpressionDump {
  enum Positions {
    case shown
    case hidden
  }

  private let positions: Positions
  private var text = ""
  private var depth = 0

  private init(_ positions: Positions) { self.positions = positions }

  fileprivate static func text(of template: TemplateText, _ positions: Positions) -> String {
    var dump = ExpressionDump(positions)
    dump.write("template", template)
    return String(dump.text.dropFirst())
  }

  private mutating func write(_ name: String, _ template: TemplateText) {
    list(name, template.range) { dump in
      for part in template.parts {
        switch part {
        case .text(let piece): dump.leaf("text", piece, quoted: piece.value)
        case .environment(let reference):
          dump.list("environment", reference.range) { $0.text += " \(reference.name)" }
        case .expression(let expression): dump.write(expression)
        }
      }
    }
  }

  private mutating func write(_ expression: Expression) {
    list("expression", expression.range) { dump in
      dump.list("root", expression.root.range) { $0.text += " " + expression.root.value }
      if expression.spelling == .angles { dump.list("angles", nil) { _ in } }
      if expression.isChunk { dump.list("chunk", nil) { _ in } }
      if let index = expression.index { dump.segment("root-index", index) }
      for segment in expression.path {
        switch segment.value {
        case .key: dump.segment("key", segment)
        case .index: dump.segment("index", segment)
        case .slice: dump.segment("slice", segment)
        case .wildcard: dump.segment("wildcard", segment)
        }
      }
      if let cast = expression.cast { dump.write(cast) }
      if let fallback = expression.fallback { dump.write("default", fallback) }
      for annotation in expression.annotations {
        dump.leaf("annotation", annotation.text, quoted: annotation.text.value, name: annotation.name.value)
      }
    }
  }

  private mutating func write(_ cast: Cast) {
    list("cast", cast.range) { dump in
      dump.list("type", cast.type.range) { $0.text += " " + cast.type.value }
      if cast.isList { dump.list("list", nil) { _ in } }
      if let subtype = cast.subtype { dump.leaf("subtype", subtype, quoted: subtype.value) }
      for attribute in cast.attributes { dump.write("attribute " + attribute.name.value, attribute.value) }
      for stray in cast.strayAttributes { dump.leaf("stray-attribute", stray, quoted: stray.value) }
      if cast.brackets != nil, cast.attributes.isEmpty, cast.strayAttributes.isEmpty {
        dump.list("no-attributes", cast.brackets) { _ in }
      }
      if let format = cast.format { dump.leaf("format", format, quoted: format.value) }
    }
  }

  private mutating func segment(_ name: String, _ segment: Located<PathSegment>) {
    list(name, segment.range) { $0.text += " " + segment.value.inside }
  }

  private mutating func leaf(_ kind: String, _ piece: Located<String>, quoted value: String, name: String? = nil) {
    list(kind, piece.range) { dump in
      if let name { dump.text += " " + name }
      var bytes: [UInt8] = []
      JSONWriter.appendQuoted(value, to: &bytes)
      dump.text += " " + String(decoding: bytes, as: UTF8.self)
    }
  }

  private mutating func list(_ name: String, _ range: SourceRange?, _ body: (inout ExpressionDump) -> Void) {
    text += "\n" + String(repeating: "  ", count: depth) + "(" + name
    if positions == .shown, let range { text += " \(range.start)-\(range.end)" }
    depth += 1
    body(&self)
    depth -= 1
    text += ")"
  }
}

extension TemplateText {
  /// The parts as an S-expression with their byte offsets in the file.
  package func dump() -> String { ExpressionDump.text(of: self, .shown) }

  /// The parts as an S-expression without offsets: equal for texts that differ only in white space.
  package func dumpWithoutPositions() -> String { ExpressionDump.text(of: self, .hidden) }
}
