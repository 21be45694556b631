/// A parsed regular expression.
indirect enum RegularExpressionNode: Sendable {
  case one(ScalarTest)
  case sequence([RegularExpressionNode])
  case alternatives([RegularExpressionNode])
  case assertion(RegularExpressionAssertion)
  case capture(Int, RegularExpressionNode)
  case repeated(RegularExpressionNode, RegularExpressionRepetition)
  /// The text that a group has matched, again.
  case backreference(Int, ScalarFolding)
  /// - Parameter isAhead: whether the text behind this place is looked at, not the text before it.
  case look(RegularExpressionNode, isAhead: Bool, isNegative: Bool)
  /// Whether a group has matched decides.
  case conditional(Int, RegularExpressionNode, otherwise: RegularExpressionNode)
  /// What has matched is not matched otherwise later.
  case atomic(RegularExpressionNode)

  /// How many code points the node may take.
  var width: ClosedRange<Int> {
    switch self {
    case .one: 1...1
    case .sequence(let nodes): nodes.reduce(0...0) { $0.adding($1.width) }
    case .alternatives(let nodes): nodes.dropFirst().reduce(nodes.first?.width ?? 0...0) { $0.union($1.width) }
    case .assertion, .look: 0...0
    case .capture(_, let node), .atomic(let node): node.width
    case .repeated(let node, let repetition):
      Self.product(
        node.width.lowerBound, repetition.least)...Self.product(
          node.width.upperBound, repetition.most ?? Self.unbounded)
    case .backreference: 0...Self.unbounded
    case .conditional(_, let yes, let no): yes.width.union(no.width)
    }
  }

  static let unbounded = 1 << 32

  private static func product(_ left: Int, _ right: Int) -> Int {
    let (product, isBeyond) = left.multipliedReportingOverflow(by: right)
    return isBeyond ? unbounded : min(product, unbounded)
  }
}

/// How often and in which order.
struct RegularExpressionRepetition: Hashable, Sendable {
  enum Mode: Sendable {
    /// As often as possible first.
    case greedy
    /// As seldom as possible first.
    case lazy
    /// As often as possible, and nothing else.
    case possessive
  }

  let least: Int
  /// `nil` is without end.
  let most: Int?
  let mode: Mode
}

/// A place in the text that must have a property.
enum RegularExpressionAssertion: Hashable, Sendable {
  case start
  /// The end, or before a line feed there.
  case endOrLastLineFeed
  case end
  case lineStart
  case lineEnd
  case wordBoundary(isNegated: Bool, ascii: Bool)
}

extension ClosedRange<Int> {
  fileprivate func adding(_ other: ClosedRange<Int>) -> ClosedRange<Int> {
    let limit = RegularExpressionNode.unbounded
    return Swift.min(lowerBound + other.lowerBound, limit)...Swift.min(upperBound + other.upperBound, limit)
  }

  fileprivate func union(_ other: ClosedRange<Int>) -> ClosedRange<Int> {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }
}
