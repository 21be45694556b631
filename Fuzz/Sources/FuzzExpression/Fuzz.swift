import ComposeBasic
import ComposeSyntax
import FuzzSupport

@main enum FuzzExpression {
  static func main() { runFuzzer() }
}

/// The parts of a template tile its text, and a text without an error prints as one that reads the same.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Bytes that are not UTF-8 become U+FFFD: the parser only ever sees text.
  let text = String(decoding: input(start, count), as: UTF8.self)
  let parsed = Parsed(text)
  require(
    parsed.template.range.start == 0 && parsed.template.range.end == text.utf8.count, "the range is not the text's")
  checkTiling(parsed.template)
  parsed.checkTexts(of: parsed.template)
  for diagnostic in parsed.diagnostics.sorted() {
    require(parsed.template.range.contains(diagnostic.range), "'\(diagnostic.code.id)' is outside of the text")
    for edit in diagnostic.fixes.flatMap(\.edits) {
      require(parsed.template.range.contains(edit.range), "a fix of '\(diagnostic.code.id)' is outside of the text")
    }
  }
  _ = parsed.template.dump()
  guard !parsed.diagnostics.hasErrors else { return 0 }
  let printed = Parsed(parsed.template.description)
  require(
    printed.template.dumpWithoutPositions() == parsed.template.dumpWithoutPositions(),
    "printed as '\(printed.text)' it reads as something else")
  return 0
}

private struct Parsed {
  let text: String
  let bytes: [UInt8]
  let template: TemplateText
  let diagnostics: Diagnostics

  init(_ text: String) {
    var diagnostics = Diagnostics()
    self.text = text
    bytes = Array(text.utf8)
    template = parseTemplateText(text, file: SourceFile.ID(index: 0), into: &diagnostics)
    self.diagnostics = diagnostics
  }

  func checkTexts(of template: TemplateText) {
    for case .text(let piece) in template.parts {
      let source = bytes[Int(piece.range.start)..<Int(piece.range.end)]
      require(source.elementsEqual(piece.value.utf8), "a piece of text is not what stands at its place")
    }
  }
}

/// The parts of a text, and of the defaults and attributes inside, leave no gap and do not overlap.
private func checkTiling(_ template: TemplateText) {
  var position = template.range.start
  for part in template.parts {
    let range: SourceRange
    switch part {
    case .text(let piece): range = piece.range
    case .environment(let reference): range = reference.range
    case .expression(let expression):
      range = expression.range
      checkTiling(expression)
    }
    require(range.start == position, "a part begins at \(range.start) instead of \(position)")
    position = range.end
  }
  require(position == template.range.end, "the parts end at \(position) instead of \(template.range.end)")
}

private func checkTiling(_ expression: Expression) {
  var pieces = [expression.root.range] + expression.path.map(\.range) + [expression.index?.range].compactMap(\.self)
  pieces += [expression.cast?.range, expression.fallback?.range].compactMap(\.self)
  pieces += expression.annotations.flatMap { [$0.name.range, $0.text.range] }
  for piece in pieces { require(expression.range.contains(piece), "a piece is outside of its expression") }
  let sorted = pieces.sorted()
  for (left, right) in zip(sorted, sorted.dropFirst()) { require(left.end <= right.start, "two pieces overlap") }
  for template in [expression.fallback].compactMap(\.self) + (expression.cast?.attributes.map(\.value) ?? []) {
    checkTiling(template)
  }
}
