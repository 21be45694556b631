/// What a printed plan shows beside the plan itself.
package struct PrintOptions: Hashable, Sendable {
  /// Whether the places in the files are shown. Without them the text does not depend on the order of keys in a file.
  package var locations = true
  /// The hashes that are shown; none without them.
  package var identity: PlanIdentity?

  package init(locations: Bool = true, identity: PlanIdentity? = nil) {
    self.locations = locations
    self.identity = identity
  }
}
