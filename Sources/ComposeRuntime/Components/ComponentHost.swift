package import ComposeBasic
package import ComposePlan

/// What runs components. The interpreter knows no component type by name; a host does.
package protocol ComponentHost: Sendable {
  /// Runs one action.
  ///
  /// Cancelling the calling task ends it at once. A stream in the result keeps its source until it ends or is cancelled.
  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value

  /// Makes ready what the invocations need before the first of them is called: a component that is a server of its own
  /// starts.
  ///
  /// - Throws: why one of them cannot start; those that did are stopped again.
  func start(_ invocations: [Invocation]) async throws(RuntimeError)

  /// Ends what components have started or hold. Nothing is to be called afterwards.
  func stop() async

  /// What this program does not carry out of the invocation; empty when it runs all of it.
  func refusals(of invocation: Invocation) -> [Refusal]

  /// What conversions in jobs may reach.
  var conversion: ConversionContext { get }
}

extension ComponentHost {
  package func start(_ invocations: [Invocation]) async throws(RuntimeError) {}

  package func stop() async {}

  /// Files, and no URLs.
  package var conversion: ConversionContext { ConversionContext() }
}

/// A part of a file that this program does not run, found before anything starts.
package struct Refusal: Hashable, Sendable {
  /// One line: what is not run, and what to do.
  package let message: String
  package let range: SourceRange
  /// Whether no component of that type runs, whatever it says.
  package let isOfComponentType: Bool

  package init(_ message: String, at range: SourceRange, isOfComponentType: Bool = false) {
    self.message = message
    self.range = range
    self.isOfComponentType = isOfComponentType
  }
}
