/// Sums of floating-point numbers in the order in which numpy adds them, so that the last bit is the same.
enum VectorSums {
  /// The sum of consecutive numbers: blocks of up to 128 with eight running sums each, put together as a tree.
  ///
  /// The order is that of numpy's `add.reduce` over the last axis ("pairwise summation", Higham, Accuracy and
  /// Stability of Numerical Algorithms, 4.1).
  static func pairwise(_ numbers: ArraySlice<Double>) -> Double {
    let count = numbers.count
    let start = numbers.startIndex
    if count < 8 { return numbers.reduce(-0.0, +) }
    guard count <= 128 else {
      let half = count / 2 - count / 2 % 8
      return pairwise(numbers[start..<start + half]) + pairwise(numbers[(start + half)...])
    }
    var sums = Array(numbers.prefix(8))
    let whole = start + count - count % 8
    for block in stride(from: start + 8, to: whole, by: 8) {
      for lane in 0..<8 { sums[lane] += numbers[block + lane] }
    }
    let sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    return numbers[whole...].reduce(sum, +)
  }

  /// The sum of all products. Fewer than sixteen are added in order. From there on the reference leaves the order to
  /// the processor it runs on, and the last bits with it; here it is the same everywhere: eight running sums.
  static func dot(_ left: [Double], _ right: [Double]) -> Double {
    let count = min(left.count, right.count)
    var sum = 0.0
    var whole = 0
    if count >= 16 {
      whole = count - count % 8
      var sums = SIMD8<Double>(repeating: 0)
      for block in stride(from: 0, to: whole, by: 8) {
        var factors = SIMD8<Double>()
        var others = SIMD8<Double>()
        for lane in 0..<8 {
          factors[lane] = left[block + lane]
          others[lane] = right[block + lane]
        }
        sums += factors * others
      }
      sum = sums.sum()
    }
    for index in whole..<count { sum += left[index] * right[index] }
    return sum
  }

  /// The Euclidean length.
  static func norm(_ vector: [Double]) -> Double { dot(vector, vector).squareRoot() }

  /// The Euclidean length of a row of a matrix, which the reference adds up in another order.
  static func rowNorm(_ row: [Double]) -> Double { (0 + pairwise(row.map { $0 * $0 }[...])).squareRoot() }
}
