/// What a printed plan shows beside the plan itself.
package struct PrintOptions: Hashable, Sendable {
  /// Whether the places in the files are shown. Without them the text does not depend on the order of keys in a file.
  package var locations = true

  package init(locations: Bool = true) { self.locations = locations }
}
