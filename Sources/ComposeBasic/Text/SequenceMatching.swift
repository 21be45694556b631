/// Which elements two sequences (lines, words) have in common, in order, as few as possible being left out.
///
/// Eugene W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986), section 4b: the middle
/// snake of a shortest edit script is searched from both ends at once, and both halves are compared in the same way.
/// Memory is linear in the number of elements; time grows with the number of differences, so that it can be limited.
struct SequenceMatching {
  /// Numbers that are equal for equal elements.
  private let old: [Int]
  private let new: [Int]
  /// By element of the old sequence: whether it is in the new one too.
  private(set) var keptOld: [Bool]
  /// By element of the new sequence: whether it was in the old one.
  private(set) var keptNew: [Bool]
  /// Whether the effort was enough. If not, elements may be missing from what is common, but what there is, is right.
  private(set) var isComplete = true
  /// How many more diagonals may be looked at.
  private var effort: Int
  /// The furthest point on each diagonal, from the beginning and from the end.
  private var forward: [Int]
  private var backward: [Int]

  /// - Parameter effort: how many diagonals of the edit graph may be looked at; `d` differences take about `d * d`.
  init<Element: Hashable>(_ oldElements: [Element], _ newElements: [Element], effort: Int = .max) {
    var numbers: [Element: Int] = [:]
    func number(_ element: Element) -> Int {
      if let known = numbers[element] { return known }
      numbers[element] = numbers.count
      return numbers.count - 1
    }
    self.effort = effort
    old = oldElements.map(number)
    new = newElements.map(number)
    keptOld = [Bool](repeating: false, count: old.count)
    keptNew = [Bool](repeating: false, count: new.count)
    forward = [Int](repeating: 0, count: 2 * (old.count + new.count) + 3)
    backward = forward
    compare(0..<old.count, 0..<new.count)
  }

  private mutating func compare(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
    var (low, high) = (oldRange.lowerBound, oldRange.upperBound)
    var (newLow, newHigh) = (newRange.lowerBound, newRange.upperBound)
    while low < high, newLow < newHigh, old[low] == new[newLow] {
      keep(low, newLow)
      low += 1
      newLow += 1
    }
    while low < high, newLow < newHigh, old[high - 1] == new[newHigh - 1] {
      high -= 1
      newHigh -= 1
      keep(high, newHigh)
    }
    guard low < high, newLow < newHigh else { return }
    guard let middle = middleSnake(low..<high, newLow..<newHigh) else { return }
    for step in 0..<middle.length { keep(middle.old + step, middle.new + step) }
    compare(low..<middle.old, newLow..<middle.new)
    compare((middle.old + middle.length)..<high, (middle.new + middle.length)..<newHigh)
  }

  private mutating func keep(_ oldIndex: Int, _ newIndex: Int) {
    keptOld[oldIndex] = true
    keptNew[newIndex] = true
  }

  /// Equal elements in the middle of a shortest script, none at all included; `nil` when the effort is used up.
  private mutating func middleSnake(
    _ oldRange: Range<Int>, _ newRange: Range<Int>
  ) -> (old: Int, new: Int, length: Int)? {
    let grid = Grid(width: oldRange.count, height: newRange.count)
    let delta = grid.width - grid.height
    for distance in 0...((grid.width + grid.height + 1) / 2) {
      effort -= 2 * (distance + 1)
      guard effort >= 0 else {
        isComplete = false
        return nil
      }
      for diagonal in stride(from: -distance, through: distance, by: 2) {
        let start = grid.start(on: diagonal, distance, from: forward)
        var x = start
        while grid.contains(x, diagonal), old[oldRange.lowerBound + x] == new[newRange.lowerBound + x - diagonal] {
          x += 1
        }
        forward[grid.index(diagonal)] = x
        let reverse = delta - diagonal
        guard delta % 2 != 0, x >= 0, abs(reverse) < distance else { continue }
        let other = backward[grid.index(reverse)]
        if other >= 0, x + other >= grid.width {
          return (oldRange.lowerBound + start, newRange.lowerBound + start - diagonal, x - start)
        }
      }
      for diagonal in stride(from: -distance, through: distance, by: 2) {
        let start = grid.start(on: diagonal, distance, from: backward)
        var x = start
        while grid.contains(x, diagonal),
          old[oldRange.upperBound - 1 - x] == new[newRange.upperBound - 1 - x + diagonal]
        {
          x += 1
        }
        backward[grid.index(diagonal)] = x
        let reverse = delta - diagonal
        guard delta % 2 == 0, x >= 0, abs(reverse) <= distance else { continue }
        let other = forward[grid.index(reverse)]
        if other >= 0, x + other >= grid.width {
          return (oldRange.upperBound - x, newRange.upperBound - x + diagonal, x - start)
        }
      }
    }
    // The two searches always meet; this is a place that is right, if not the best one.
    return (oldRange.upperBound, newRange.lowerBound, 0)
  }
}

/// The edit graph of the paper: x counts elements of the old sequence, y of the new one. Diagonal k is where x - y = k.
private struct Grid {
  let width: Int
  let height: Int

  /// Where a diagonal's furthest point is kept.
  func index(_ diagonal: Int) -> Int { diagonal + width + height + 1 }

  /// Whether both sequences still have an element at the point.
  func contains(_ x: Int, _ diagonal: Int) -> Bool { x >= 0 && x < width && x - diagonal >= 0 && x - diagonal < height }

  /// The furthest point that one more edit reaches on a diagonal, or -1 when that is outside the graph.
  func start(on diagonal: Int, _ distance: Int, from furthest: [Int]) -> Int {
    if distance == 0 { return 0 }
    var best = -1
    if diagonal > -distance {
      let x = furthest[index(diagonal - 1)]
      if x >= 0, x < width { best = x + 1 }
    }
    if diagonal < distance {
      let x = furthest[index(diagonal + 1)]
      if x >= 0, x - diagonal <= height { best = max(best, x) }
    }
    return best
  }
}
