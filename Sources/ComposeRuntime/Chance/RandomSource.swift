import Glibc
import Synchronization

/// Where a run takes its random numbers from. Copies draw from the same source.
package struct RandomSource: RandomNumberGenerator, Sendable {
  private let draw: @Sendable () -> UInt64

  /// - Parameter draw: gives 64 random bits each time; may be called from several threads.
  package init(_ draw: @escaping @Sendable () -> UInt64) { self.draw = draw }

  /// The system's generator (getentropy(3)), which is asked for many numbers at once: every run needs several.
  package static let system: RandomSource = {
    let supply = Mutex<[UInt64]>([])
    return RandomSource {
      supply.withLock { supply in
        if supply.isEmpty { supply = systemNumbers() }
        return supply.removeLast()
      }
    }
  }()

  private static func systemNumbers() -> [UInt64] {
    var numbers = [UInt64](repeating: 0, count: 32)
    // It gives 256 bytes at most.
    let size = numbers.count * MemoryLayout<UInt64>.size
    if getentropy(&numbers, size) == 0 { return numbers }
    var generator = SystemRandomNumberGenerator()
    return numbers.map { _ in generator.next() }
  }

  package func next() -> UInt64 { draw() }

  /// A number from 0 up to and without 1.
  mutating func fraction() -> Double { Double.random(in: 0..<1, using: &self) }
}
