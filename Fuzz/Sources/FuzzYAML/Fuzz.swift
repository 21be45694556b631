import ComposeBasic
import ComposeSyntax
import FuzzSupport

@main enum FuzzYAML {
  static func main() { runFuzzer() }
}

/// Any bytes are read as a compose file is: environment values put in, YAML composed, declarations and templates
/// parsed. Every position lies in the file, and a text's map leads back into its scalar.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var sources = SourceSet()
  let file = sources.add(path: "model-compose.yml", bytes: input(start, count))
  var findings = Diagnostics()
  let document = parseYAML(file, environment: environment, into: &findings)
  if let root = document.root { check(root, in: file) }
  for reference in document.environmentReferences {
    require(file.range.contains(reference.range), "a reference to '\(reference.name)' is outside of the file")
  }
  check(findings, in: file, sources, root: document.root)

  var all = Diagnostics()
  let parsed = parse([file], environment: environment, into: &all)
  check(all, in: file, sources, root: parsed.root)
  require(parsed.root != nil || all.hasErrors, "nothing is read and nothing is said")
  // The same file laid over itself says nothing new.
  _ = parsed.root.map { merge($0, with: $0) }
  return 0
}

/// Values that could change the structure if they were text of the file.
private let environment = Environment([
  "A": Environment.Variable("plain", origin: "-e"),
  "B": Environment.Variable("", origin: "-e"),
  "C": Environment.Variable("x: [1, 'y\n# {", origin: "-e"),
  "D": Environment.Variable("${input.x | é} \"\\", origin: "-e"),
  "N": Environment.Variable("0x1F", origin: "-e"),
  "API_KEY": Environment.Variable("hunter2", origin: "-e"),
])

private func check(_ findings: Diagnostics, in file: SourceFile, _ sources: SourceSet, root: YAMLNode?) {
  for finding in findings.sorted() {
    require(file.range.contains(finding.range), "'\(finding.code.id)' is outside of the file")
    _ = sources.location(of: finding.range)
    _ = root?.pointer(at: finding.range)
    for fix in finding.fixes { _ = fix.resolved(in: sources) }
  }
}

private func check(_ node: YAMLNode, in file: SourceFile) {
  require(file.range.contains(node.range), "a node is outside of the file")
  switch node.content {
  case .scalar(let scalar): check(scalar, node, in: file)
  case .sequence(let items): for item in items { check(item, in: file) }
  case .mapping(let entries):
    for entry in entries {
      check(entry.key, in: file)
      check(entry.value, in: file)
    }
  }
}

private func check(_ scalar: YAMLScalar, _ node: YAMLNode, in file: SourceFile) {
  let count = scalar.text.utf8.count
  var position = 0
  for segment in scalar.map.segments {
    require(segment.decodedStart == position, "a segment begins at \(segment.decodedStart) instead of \(position)")
    position += segment.decodedCount
  }
  require(scalar.map.segments.isEmpty || position == count, "the segments hold \(position) bytes, the text \(count)")
  // A few places along the text; every one would take quadratic time.
  var last = 0
  for step in 0...min(count, 32) {
    let offset = count * step / max(min(count, 32), 1)
    let range = scalar.map.range(offset..<count)
    require(file.range.contains(range), "a place of a text is outside of the file")
    require(Int(range.start) >= last, "the map of a text goes back")
    last = Int(range.start)
  }
  for span in scalar.environment {
    require(span.range.lowerBound >= 0 && span.range.upperBound <= count, "a value is outside of its text")
  }
}
