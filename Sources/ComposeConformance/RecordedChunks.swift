import ComposeRuntime
import Synchronization

/// The chunks of a stream that a vector writes down.
final class RecordedChunks: Sendable {
  enum Step: Sendable {
    case value(Value)
    /// Reading fails here with the error of that class.
    case failure(String)

    /// Whether it is a null chunk, which a fragmented stream does not have.
    var isNull: Bool { if case .value(.null) = self { true } else { false } }
  }

  private let rest: Mutex<ArraySlice<Step>>

  init(_ steps: [Step]) { rest = Mutex(steps[...]) }

  func stream(_ form: ValueStream.Form) -> ValueStream {
    ValueStream(form, next: { () async throws(RuntimeError) in try self.next() })
  }

  private func next() throws(RuntimeError) -> Value? {
    switch rest.withLock({ $0.popFirst() }) {
    case .value(let value)?: return value
    case .failure(let name)?: throw RuntimeError(recorded: name)
    case nil: return nil
    }
  }
}

/// Bytes whose reading fails, as a vector says.
struct FailingSource: ResourceSource {
  /// The class of the error.
  let name: String

  func open() async throws(RuntimeError) -> ResourceReader { throw RuntimeError(recorded: name) }
}
