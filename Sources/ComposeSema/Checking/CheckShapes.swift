import ComposeBasic
import ComposeSyntax

/// Checks every mapping of a file against the catalogue.
///
/// - Returns: what later passes need to know.
func checkShapes(
  _ file: ComposeFile, catalog: Catalog, into diagnostics: inout Diagnostics
) -> (findings: ShapeFindings, visited: VisitedValues) {
  var visited = VisitedValues()
  guard let root = file.root, let shape = catalog.shape("compose") else { return (ShapeFindings(), visited) }
  var checker = ShapeChecker(catalog: catalog, file: file)
  var walk = ShapeWalk(catalog: catalog)
  walk.walk(root, shape) { step in
    switch step {
    case .mapping(let place, let ancestors): checker.check(place, ancestors, into: &diagnostics)
    case .obstacle(let obstacle, let place, let ancestors):
      checker.check(obstacle, place, ancestors, into: &diagnostics)
    case .value(let place):
      checker.check(place, into: &diagnostics)
      visited.visit(place)
    }
  }
  return (checker.findings, visited)
}

/// What the check of shapes leaves to later passes.
struct ShapeFindings {
  /// The places of mappings with a misspelt key: what such a mapping means is not known for sure, and what follows from
  /// the mistake is not reported again.
  var misspelt: Set<SourceRange> = []
  /// The values of keys that have no effect where they stand: nothing evaluates the expressions in them.
  var ignored: [SourceRange] = []
  /// Values that have the right kind, but lie outside of what the field can mean. A check that knows more about the
  /// field may say so better.
  private var values: [Diagnostic] = []

  mutating func postpone(_ diagnostic: Diagnostic) { values.append(diagnostic) }

  /// Takes back what was said about expressions that nothing evaluates. That their key is ignored is said already, as
  /// a warning, so that files with dead keys run.
  func dropIgnored(from diagnostics: inout Diagnostics) {
    guard !ignored.isEmpty else { return }
    let expressions =
      ExpressionSyntaxCodes.all + ExpressionCode.codes + CastCode.codes + InterpolationCode.codes + OperatorCode.codes
    let codes = Set(expressions + [BindingCode.undefinedJob])
    // Values do not overlap, so the last one that begins before a finding is the only one that can hold it.
    let places = ignored.sorted()
    diagnostics.keep { diagnostic in
      guard codes.contains(diagnostic.code) else { return true }
      var low = 0
      var high = places.count
      while low < high {
        let middle = (low + high) / 2
        if places[middle].startPoint <= diagnostic.range.startPoint { low = middle + 1 } else { high = middle }
      }
      guard low > 0 else { return true }
      let place = places[low - 1]
      return place.file != diagnostic.range.file || diagnostic.range.end > place.end
    }
  }

  /// Reports the values about which nothing was said in the meantime.
  func emitValues(into diagnostics: inout Diagnostics) {
    guard !values.isEmpty else { return }
    let places = Set(diagnostics.all.map(\.range))
    for value in values where !places.contains(value.range) { diagnostics.emit(value) }
  }
}
