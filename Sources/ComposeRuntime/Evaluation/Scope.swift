/// What the roots of expressions stand for at one place of a run.
package struct Scope: Sendable {
  /// `input`, `output`, `jobs`, `context`, `response`, ….
  package var roots: [String: Value]
  /// The roots with `[]`: the present chunk of a stream.
  package var chunks: [String: Value]

  package init(_ roots: [String: Value] = [:], chunks: [String: Value] = [:]) {
    self.roots = roots
    self.chunks = chunks
  }
}
