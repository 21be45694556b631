/// Where a run takes its random numbers from. Copies draw from the same source.
package struct RandomSource: RandomNumberGenerator, Sendable {
  private let draw: @Sendable () -> UInt64

  /// - Parameter draw: gives 64 random bits each time; may be called from several threads.
  package init(_ draw: @escaping @Sendable () -> UInt64) { self.draw = draw }

  /// The system's generator.
  package static let system = RandomSource {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
  }

  package func next() -> UInt64 { draw() }

  /// A number from 0 up to and without 1.
  mutating func fraction() -> Double { Double.random(in: 0..<1, using: &self) }
}
