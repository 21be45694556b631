/// Which job of a new workflow is which job of the old one.
struct JobMatching {
  /// Indices of both lists.
  private(set) var pairs: [(old: Int, new: Int)] = []
  private let old: [PlanSnapshot.Job]
  private let new: [PlanSnapshot.Job]
  private var freeOld: [Int]
  private var freeNew: [Int]

  /// How much two jobs of different names and hashes must have in common to be one.
  private static let leastSimilarity = 0.5

  init(_ old: [PlanSnapshot.Job], _ new: [PlanSnapshot.Job]) {
    self.old = old
    self.new = new
    freeOld = Array(old.indices)
    freeNew = Array(new.indices)
    match { $0.id == $1.id }
    match { $0.hash == $1.hash }
    match { $0.ownHash == $1.ownHash }
    matchSimilar()
    pairs.sort { $0.new < $1.new }
  }

  var removed: [Int] { freeOld }

  var added: [Int] { freeNew }

  /// The new names by the old ones.
  var names: [String: String] {
    Dictionary(pairs.map { (old[$0.old].id, new[$0.new].id) }, uniquingKeysWith: { first, _ in first })
  }

  private mutating func match(_ isSame: (PlanSnapshot.Job, PlanSnapshot.Job) -> Bool) {
    for index in freeNew {
      guard let place = freeOld.firstIndex(where: { isSame(old[$0], new[index]) }) else { continue }
      take(freeOld[place], index)
    }
  }

  private mutating func take(_ oldIndex: Int, _ newIndex: Int) {
    pairs.append((oldIndex, newIndex))
    freeOld.removeAll { $0 == oldIndex }
    freeNew.removeAll { $0 == newIndex }
  }

  /// The most similar pair first.
  private mutating func matchSimilar() {
    var candidates: [(similarity: Double, old: Int, new: Int)] = []
    for newIndex in freeNew {
      for oldIndex in freeOld where old[oldIndex].kind == new[newIndex].kind {
        let similarity = Self.similarity(old[oldIndex], new[newIndex])
        if similarity >= Self.leastSimilarity { candidates.append((similarity, oldIndex, newIndex)) }
      }
    }
    for candidate in candidates.sorted(by: { (-$0.similarity, $0.new, $0.old) < (-$1.similarity, $1.new, $1.old) })
    where freeOld.contains(candidate.old) && freeNew.contains(candidate.new) {
      take(candidate.old, candidate.new)
    }
  }

  /// The share of equal fields among all (Jaccard). What every job has says nothing.
  private static func similarity(_ old: PlanSnapshot.Job, _ new: PlanSnapshot.Job) -> Double {
    func facts(_ job: PlanSnapshot.Job) -> Set<String> {
      Set(job.fields.filter { $0.path != "max_run_count" && !$0.path.isEmpty }.map { "\($0.path)\n\($0.value.text)" })
    }
    let (left, right) = (facts(old), facts(new))
    let all = left.union(right).count
    return all == 0 ? 0 : Double(left.intersection(right).count) / Double(all)
  }

  /// The pairs whose jobs stand in another order: as few as possible, the others being a longest increasing sequence.
  var moved: Set<Int> {
    let order = pairs.map(\.old)
    var lengths = [Int](repeating: 1, count: order.count)
    var previous = [Int?](repeating: nil, count: order.count)
    for index in order.indices {
      for earlier in 0..<index where order[earlier] < order[index] && lengths[earlier] + 1 > lengths[index] {
        lengths[index] = lengths[earlier] + 1
        previous[index] = earlier
      }
    }
    var kept: Set<Int> = []
    var next = lengths.indices.max { (lengths[$0], -$0) < (lengths[$1], -$1) }
    while let index = next {
      kept.insert(index)
      next = previous[index]
    }
    return Set(pairs.indices).subtracting(kept)
  }
}
