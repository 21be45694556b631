package import ComposeBasic
package import ComposePlan

/// What runs components. The interpreter knows no component type by name; a host does.
package protocol ComponentHost: Sendable {
  /// Runs one action.
  ///
  /// Cancelling the calling task ends it at once. A stream in the result keeps its source until it ends or is cancelled.
  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value

  /// What this program does not carry out of the invocation; empty when it runs all of it.
  func refusals(of invocation: Invocation) -> [Refusal]

  /// What conversions in jobs may reach.
  var conversion: ConversionContext { get }
}

extension ComponentHost {
  /// Files, and no URLs.
  package var conversion: ConversionContext { ConversionContext() }
}

/// A part of a file that this program does not run, found before anything starts.
package struct Refusal: Hashable, Sendable {
  /// One line: what is not run, and what to do.
  package let message: String
  package let range: SourceRange

  package init(_ message: String, at range: SourceRange) {
    self.message = message
    self.range = range
  }
}
