import ComposeRuntime
import Synchronization

extension RandomSource {
  /// Numbers that are the same in every run, in the order in which they are drawn.
  static func seeded(_ seed: UInt64) -> RandomSource {
    let generator = Shared(seed)
    return RandomSource { generator.next() }
  }

  /// Always the same bits.
  static func constant(_ bits: UInt64) -> RandomSource { RandomSource { bits } }

  private final class Shared: Sendable {
    private let generator: Mutex<JSONGenerator>

    init(_ seed: UInt64) { generator = Mutex(JSONGenerator(seed: seed)) }

    func next() -> UInt64 { generator.withLock { $0.next() } }
  }
}
