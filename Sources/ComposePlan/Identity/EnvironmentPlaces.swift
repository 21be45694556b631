import ComposeBasic
package import ComposeSyntax

/// Where the files name environment variables, so that a value that came from one can be told by its name.
package struct EnvironmentPlaces: Sendable {
  /// In the order of the places.
  private let references: [EnvironmentReference]

  package init(_ references: [EnvironmentReference] = []) {
    self.references = references.sorted { $0.range < $1.range }
  }

  /// The references inside of a range, in order.
  func references(in range: SourceRange) -> ArraySlice<EnvironmentReference> {
    var low = 0
    var high = references.count
    let start = SourceRange(file: range.file, start: Int(range.start), end: 0)
    while low < high {
      let middle = (low + high) / 2
      if (references[middle].range.file.index, references[middle].range.start) < (start.file.index, start.start) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return references[low...].prefix { range.contains($0.range) }
  }
}
