import ComposeRuntime

/// How alike, or how far apart, two vectors are.
enum VectorMetric: String {
  case cosine
  case euclidean

  /// Whether more is better.
  var isSimilarity: Bool { self == .cosine }
}

/// What is wrong with the vectors of a call. The text goes on from the name of a field.
struct VectorFault: Error {
  let field: String
  let message: String
}

/// What the component computes of one vector, or of two.
enum VectorMath {
  /// The cosine of the angle between two vectors; zero when one of them has no length.
  static func cosine(_ left: [Double], _ right: [Double]) throws(VectorFault) -> Double {
    let (leftNorm, rightNorm) = (VectorSums.norm(left), VectorSums.norm(right))
    if leftNorm == 0 || rightNorm == 0 { return 0 }
    return try dot(left, right) / (leftNorm * rightNorm)
  }

  static func euclidean(_ left: [Double], _ right: [Double]) throws(VectorFault) -> Double {
    VectorSums.norm(try difference(left, right, "other"))
  }

  static func dot(_ left: [Double], _ right: [Double]) throws(VectorFault) -> Double {
    guard left.count == right.count else { throw lengths(left.count, right.count, "other") }
    return VectorSums.dot(left, right)
  }

  /// The vector with length one; a vector without length as it is.
  static func normalized(_ vector: [Double]) -> [Double] {
    let norm = VectorSums.norm(vector)
    return norm > 0 ? vector.map { $0 / norm } : vector
  }

  /// A score for each candidate.
  static func scores(
    of candidates: [[Double]], for query: [Double], _ metric: VectorMetric
  ) throws(VectorFault) -> [Double] {
    let width = candidates.first?.count ?? 0
    for candidate in candidates where candidate.count != width {
      throw VectorFault(
        field: "candidates", message: "must have one length, and there are \(width) and \(candidate.count)")
    }
    guard metric == .cosine else {
      return try candidates.map { (candidate) throws(VectorFault) in
        VectorSums.rowNorm(try difference(candidate, query, "query"))
      }
    }
    guard width == query.count else { throw lengths(width, query.count, "query") }
    let queryNorm = VectorSums.norm(query)
    return candidates.map { candidate in
      let norm = VectorSums.rowNorm(candidate)
      if norm == 0 || queryNorm == 0 { return 0 }
      let product = norm * queryNorm
      return VectorSums.dot(candidate, query) / (product == 0 ? 1 : product)
    }
  }

  /// The positions of the scores, the best first. Which of two equal ones comes first the reference leaves to the
  /// processor; here it is the later one by similarity, and the earlier one by distance.
  static func ranking(of scores: [Double], _ metric: VectorMetric) -> [Int] {
    // NaN is greater than every number, as numpy sorts it. Sorting is stable.
    let order = scores.indices.sorted { left, right in
      scores[left] < scores[right] || (scores[right].isNaN && !scores[left].isNaN)
    }
    return metric.isSimilarity ? order.reversed() : order
  }

  /// The sum over an axis of the matrix with these rows: one number for each column, or for each row.
  static func sum(of rows: [[Double]], axis: Int) throws(VectorFault) -> [Double] {
    let width = rows.first?.count ?? 0
    for row in rows where row.count != width {
      throw VectorFault(field: "vectors", message: "must have one length, and there are \(width) and \(row.count)")
    }
    switch axis {
    case 1, -1: return rows.map { 0 + VectorSums.pairwise($0[...]) }
    case 0, -2:
      // A single column is added up as if it were a row.
      if width == 1 { return [0 + VectorSums.pairwise(rows.map { $0[0] }[...])] }
      return rows.reduce(into: [Double](repeating: 0, count: width)) { sums, row in
        for index in 0..<width { sums[index] += row[index] }
      }
    default: throw VectorFault(field: "axis", message: "must be 0 or 1 for a list of vectors, not \(axis)")
    }
  }

  /// Where one of the vectors has one number only, it counts for all.
  private static func difference(
    _ left: [Double], _ right: [Double], _ field: String
  ) throws(VectorFault) -> [Double] {
    if left.count == right.count { return zip(left, right).map { $0 - $1 } }
    if right.count == 1 { return left.map { $0 - right[0] } }
    if left.count == 1 { return right.map { left[0] - $0 } }
    throw lengths(left.count, right.count, field)
  }

  private static func lengths(_ left: Int, _ right: Int, _ field: String) -> VectorFault {
    VectorFault(field: field, message: "has \(right) numbers, where \(left) are needed")
  }
}
