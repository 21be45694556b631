/// The number of single-character edits between two texts, a swap of neighbours counting as one
/// (optimal string alignment distance).
package func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left.unicodeScalars)
  let right = Array(right.unicodeScalars)
  if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  var current = last
  for row in 1...left.count {
    current[0] = row
    for column in 1...right.count {
      let cost = left[row - 1] == right[column - 1] ? 0 : 1
      var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
      if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
        best = min(best, beforeLast[column - 2] + 1)
      }
      current[column] = best
    }
    (beforeLast, last, current) = (last, current, beforeLast)
  }
  return last[right.count]
}

/// The candidate that a reader would take the text for, if one is near enough.
///
/// Names that differ only in case, or in `-` against `_` or camel case, are the same name written another way;
/// otherwise a third of the letters may differ, in short names one but never all. Among equals the first candidate
/// wins, so the result is stable. Among very many candidates only other spellings are looked for.
package func suggestion<Candidates: Sequence<String>>(for text: String, among candidates: Candidates) -> String? {
  let folded = foldedName(text)
  let lowercased = text.lowercased()
  let length = lowercased.unicodeScalars.count
  var best: (name: String, distance: Int)?
  for (index, candidate) in candidates.enumerated() where candidate != text {
    if foldedName(candidate) == folded { return candidate }
    let other = candidate.unicodeScalars.count
    let limit = min(3, max(length, other) / 3, (best?.distance ?? .max) - 1)
    guard index < comparedCandidates, limit > 0, abs(length - other) <= limit else { continue }
    let distance = editDistance(lowercased, candidate.lowercased())
    if distance <= limit { best = (candidate, distance) }
  }
  return best?.name
}

/// How many candidates are compared letter by letter.
private let comparedCandidates = 500

private func foldedName(_ text: String) -> String {
  String(text.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " })
}
