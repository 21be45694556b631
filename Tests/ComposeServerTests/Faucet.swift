import ComposePlan
import ComposeRuntime
import ComposeTestSupport

/// A stream whose every chunk the test lets out, and whose reader the test can watch.
final class Faucet: Sendable {
  private struct State: Sendable {
    enum Item: Sendable {
      case chunk(Value)
      case end
      case failure(RuntimeError)
    }

    var items: [Item] = []
    var asked = 0
    var isCancelled = false

    var summary: String { "asked \(asked) times, \(items.count) waiting, cancelled: \(isCancelled)" }
  }

  private let state = Watched(State())

  func send(_ text: String) { send(.text(text)) }

  func send(_ value: Value) { state.update { $0.items.append(.chunk(value)) } }

  func finish() { state.update { $0.items.append(.end) } }

  func fail(_ error: RuntimeError) { state.update { $0.items.append(.failure(error)) } }

  var askedCount: Int { state.value.asked }

  func waitUntilAsked(_ count: Int) async throws {
    try await state.wait(for: "\(count) pulls", describe: \.summary) { $0.asked >= count ? () : nil }
  }

  func waitUntilCancelled() async throws {
    try await state.wait(for: "the cancellation", describe: \.summary) { $0.isCancelled ? () : nil }
  }

  func stream(_ form: ValueStream.Form = .encoded(.text)) -> Value {
    .stream(
      ValueStream(
        form,
        next: { () async throws(RuntimeError) in try await self.next() },
        cancel: { self.state.update { $0.isCancelled = true } }))
  }

  private func next() async throws(RuntimeError) -> Value? {
    state.update { $0.asked += 1 }
    do {
      try await state.wait(for: "a chunk", atMost: .seconds(600), describe: \.summary) {
        $0.items.isEmpty && !$0.isCancelled ? nil : ()
      }
    } catch {
      throw .cancelled
    }
    let item: State.Item? = state.update { $0.isCancelled ? nil : $0.items.removeFirst() }
    switch item {
    case .chunk(let value): return value
    case .end: return nil
    case .failure(let error): throw error
    case nil: throw .cancelled
    }
  }
}

/// Runs every action with a closure of the test.
struct FakeHost: ComponentHost {
  let action: @Sendable (ComponentCall) async throws(RuntimeError) -> Value

  init(_ action: @escaping @Sendable (ComponentCall) async throws(RuntimeError) -> Value) { self.action = action }

  /// Answers with the input.
  static let echo = FakeHost { (call) async throws(RuntimeError) in call.input }

  static func failing(_ error: RuntimeError) -> FakeHost { FakeHost { (_) async throws(RuntimeError) in throw error } }

  static func returning(_ value: Value) -> FakeHost { FakeHost { (_) async throws(RuntimeError) in value } }

  static func streaming(_ faucet: Faucet, _ form: ValueStream.Form = .encoded(.text)) -> FakeHost {
    FakeHost { (_) async throws(RuntimeError) in faucet.stream(form) }
  }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value { try await action(call) }

  func refusals(of invocation: Invocation) -> [Refusal] { [] }
}
