import ComposeConformance
import ComposeRuntime
import ComposeTestSupport

/// What became of the vectors of one kind.
struct Report {
  let kind: VectorKind
  private(set) var verdicts: [(vector: Vector, verdict: Verdict)] = []

  init(_ kind: VectorKind) async throws {
    self.kind = kind
    for vector in try VectorFile.vectors(kind) {
      let outcome = try await kind.evaluate(vector.question, base: VectorFile.folder)
      verdicts.append((vector, Verdict(outcome, for: vector)))
    }
  }

  /// The rows that this program refuses and the reference does not, with the codes.
  var refused: [(vector: Vector, codes: [String])] {
    verdicts.compactMap { vector, verdict in
      if case .refused(let codes) = verdict { (vector, codes) } else { nil }
    }
  }

  /// The rows that give something else, with the answer.
  var different: [(vector: Vector, answer: OrderedObject)] {
    verdicts.compactMap { vector, verdict in
      if case .different(let answer) = verdict { (vector, answer) } else { nil }
    }
  }

  /// A line for each group in which something is not the same.
  var table: String {
    var groups: [String] = []
    var counts: [String: (all: Int, refused: Int, different: Int)] = [:]
    for (vector, verdict) in verdicts {
      if counts[vector.group] == nil { groups.append(vector.group) }
      var count = counts[vector.group] ?? (0, 0, 0)
      count.all += 1
      switch verdict {
      case .same: break
      case .refused: count.refused += 1
      case .different: count.different += 1
      }
      counts[vector.group] = count
    }
    let lines = groups.compactMap { group -> String? in
      guard let count = counts[group], count.refused + count.different > 0 else { return nil }
      return "  \(group): \(count.all) rows, \(count.refused) refused, \(count.different) different"
    }
    return lines.joined(separator: "\n")
  }

  /// The refused rows as they are recorded: by group, one row a line.
  var recordedRefusals: String {
    var groups: [(name: String, lines: [String])] = []
    for (vector, codes) in refused {
      if groups.last?.name != vector.group { groups.append((vector.group, [])) }
      let codes = Value.list(codes.map { .text($0) }).jsonText
      groups[groups.count - 1].lines.append("      \(Value.text(vector.id).jsonText): \(codes)")
    }
    let texts = groups.map { "    \(Value.text($0.name).jsonText): {\n\($0.lines.joined(separator: ",\n"))\n    }" }
    return "  \(Value.text(kind.rawValue).jsonText): {\n\(texts.joined(separator: ",\n"))\n  }"
  }
}
