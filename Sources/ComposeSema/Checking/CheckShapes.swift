import ComposeBasic
import ComposeSyntax

/// Checks every mapping of a file against the catalogue.
///
/// - Returns: what later passes need to know.
func checkShapes(_ file: ComposeFile, catalog: Catalog, into diagnostics: inout Diagnostics) -> ShapeFindings {
  guard let root = file.root, let shape = catalog.shape("compose") else { return ShapeFindings() }
  var checker = ShapeChecker(catalog: catalog, file: file)
  var walk = ShapeWalk(catalog: catalog)
  walk.walk(root, shape) { step in
    switch step {
    case .mapping(let place, let ancestors): checker.check(place, ancestors, into: &diagnostics)
    case .obstacle(let obstacle, let place, let ancestors):
      checker.check(obstacle, place, ancestors, into: &diagnostics)
    case .value(let place): checker.check(place, into: &diagnostics)
    }
  }
  return checker.findings
}

/// What the check of shapes leaves to later passes.
struct ShapeFindings {
  /// The places of mappings with a misspelt key: what such a mapping means is not known for sure, and what follows from
  /// the mistake is not reported again.
  var misspelt: Set<SourceRange> = []
  /// Values that have the right kind, but lie outside of what the field can mean. A check that knows more about the
  /// field may say so better.
  private var values: [Diagnostic] = []

  mutating func postpone(_ diagnostic: Diagnostic) { values.append(diagnostic) }

  /// Reports the values about which nothing was said in the meantime.
  func emitValues(into diagnostics: inout Diagnostics) {
    guard !values.isEmpty else { return }
    let places = Set(diagnostics.all.map(\.range))
    for value in values where !places.contains(value.range) { diagnostics.emit(value) }
  }
}
