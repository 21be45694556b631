import Testing

@testable import ComposePlan

/// A graph to lay out, the same for the same seed.
struct RandomLayout: CustomTestStringConvertible {
  let seed: UInt64
  let nodes: [LayeredLayout.Node]
  let edges: [LayeredLayout.Edge]
  /// Down and to the right.
  let results: [LayeredLayout.Result]

  var testDescription: String { "seed \(seed), \(nodes.count) nodes, \(edges.count) edges" }

  /// `hasCycles` allows edges of every direction, from a node to itself, and several between two nodes.
  init(seed: UInt64, count: Int, hasCycles: Bool, hasStages: Bool) {
    self.seed = seed
    var random = SeededNumbers(seed: seed)
    nodes = (0..<count).map { index in
      let size = Size(
        width: .random(in: 1...340, using: &random),
        height: .random(in: 1...(index % 7 == 0 ? 400 : 90), using: &random))
      let stage = hasStages && .random(in: 0..<4, using: &random) > 0 ? index * 8 / count : nil
      return LayeredLayout.Node(size: size, stage: stage)
    }
    let degree = Int.random(in: 1...3, using: &random)
    let reach = count > 100 ? 20 : count
    let edges = (0..<(count * degree)).compactMap { _ -> LayeredLayout.Edge? in
      let first = Int.random(in: 0..<count, using: &random)
      var ends = [first, Int.random(in: max(0, first - reach)..<min(count, first + reach), using: &random)]
      if !hasCycles { ends.sort() }
      if !hasCycles && ends[0] == ends[1] { return nil }
      let hasLabel = Int.random(in: 0..<3, using: &random) == 0
      let label = Size(width: .random(in: 1...170, using: &random), height: 18)
      return LayeredLayout.Edge(from: ends[0], to: ends[1], label: hasLabel ? label : nil)
    }
    self.edges = edges
    results = LayeredLayout.Direction.allCases.map { [nodes] in
      LayeredLayout(nodes: nodes, edges: edges, direction: $0).result()
    }
  }

  /// Some of each sort; most are small, because small ones are read more easily when a test fails.
  static let all: [RandomLayout] = (0..<160).map { seed in
    let count = seed < 120 ? 1 + seed % 13 : seed < 158 ? 20 + seed % 40 : 300
    return RandomLayout(
      seed: UInt64(seed), count: count, hasCycles: seed % 2 == 0 && count < 300, hasStages: seed % 3 == 0)
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
