import ComposeBasic
import ComposeSyntax

/// A text that was parsed as it stands, with what was found.
struct ParsedTemplate {
  let text: String
  let template: TemplateText
  let diagnostics: [Diagnostic]

  init(_ text: String) {
    var diagnostics = Diagnostics()
    self.text = text
    template = parseTemplateText(text, file: SourceFile.ID(index: 0), into: &diagnostics)
    self.diagnostics = diagnostics.sorted()
  }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The text of a range; the parser was given the text as the whole file.
  func text(of range: SourceRange) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: bytes[Int(range.start)..<Int(range.end)], as: UTF8.self)
  }

  /// The text after the fixes of all findings.
  var repaired: String {
    var bytes = Array(text.utf8)
    let edits = diagnostics.flatMap(\.fixes).flatMap(\.edits).sorted { $0.range > $1.range }
    for edit in edits {
      bytes.replaceSubrange(Int(edit.range.start)..<Int(edit.range.end), with: Array(edit.text.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Where the parts of a text, and of the defaults and attributes inside, leave a gap or overlap; `nil` when they tile.
func tilingFault(_ template: TemplateText) -> String? {
  var position = template.range.start
  for part in template.parts {
    let range: SourceRange
    switch part {
    case .text(let piece): range = piece.range
    case .environment(let reference): range = reference.range
    case .expression(let expression):
      range = expression.range
      if let fault = tilingFault(expression) { return fault }
    }
    if range.start != position { return "part at \(range.start) instead of \(position)" }
    position = range.end
  }
  return position == template.range.end ? nil : "parts end at \(position) instead of \(template.range.end)"
}

private func tilingFault(_ expression: Expression) -> String? {
  var pieces = [expression.root.range] + expression.path.map(\.range) + [expression.index?.range].compactMap(\.self)
  pieces += [expression.cast?.range, expression.fallback?.range].compactMap(\.self)
  pieces += expression.annotations.flatMap { [$0.name.range, $0.text.range] }
  for piece in pieces where !expression.range.contains(piece) { return "\(piece) is outside \(expression.range)" }
  let ends = pieces.sorted()
  for (left, right) in zip(ends, ends.dropFirst()) where left.end > right.start { return "\(left) overlaps \(right)" }
  let templates = [expression.fallback].compactMap(\.self) + (expression.cast?.attributes.map(\.value) ?? [])
  return templates.lazy.compactMap { tilingFault($0) }.first
}

/// Where a template that has no errors differs from the reference's reading; `nil` when they agree.
func referenceFault(_ parsed: ParsedTemplate) -> String? { referenceFault(parsed, parsed.template) }

private func referenceFault(_ parsed: ParsedTemplate, _ template: TemplateText) -> String? {
  let offset = Int(template.range.start)
  var matches = ReferenceMatcher(parsed.text(of: template.range)).matches()[...]
  for case .expression(let expression) in template.parts {
    let start = Int(expression.range.start) - offset
    let end = Int(expression.range.end) - offset
    if expression.spelling == .angles {
      while let first = matches.first, first.span.lowerBound < end { matches.removeFirst() }
      continue
    }
    guard let match = matches.popFirst() else { return "the reference reads nothing at \(start)" }
    if match.span != start..<end { return "\(match.span) instead of \(start)..<\(end)" }
    let pairs: [(SourceRange?, Range<Int>?)] = [
      (expression.root.range, match.root), (expression.index?.range, match.index),
      (expression.cast?.type.range, match.cast?.type), (expression.cast?.format?.range, match.cast?.format),
      (expression.fallback?.range, match.fallback),
    ]
    for (ours, theirs) in pairs where ours.map({ Int($0.start) - offset..<Int($0.end) - offset }) != theirs {
      return "\(String(describing: theirs)) in \(match.span)"
    }
    if expression.isChunk != match.isChunk || expression.cast?.isList ?? false != match.cast?.isList ?? false {
      return "brackets of \(match.span)"
    }
    for nested in [expression.fallback].compactMap(\.self) + (expression.cast?.attributes.map(\.value) ?? []) {
      if let fault = referenceFault(parsed, nested) { return fault }
    }
  }
  return matches.first.map { "the reference reads \($0.span), too" }
}
