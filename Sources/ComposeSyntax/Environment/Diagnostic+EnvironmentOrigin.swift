package import ComposeBasic

extension Diagnostics {
  /// Says of every finding about a value from the environment which variable it is and where that was set, because the
  /// file shows only the reference. Such a finding is repaired where the variable is set, so its fixes are dropped.
  ///
  /// - Parameters:
  ///   - references: every reference of the files, in any order.
  ///   - codes: findings of these codes are about the reference itself and are left as they are.
  package mutating func explainEnvironment(_ references: [EnvironmentReference], except codes: Set<DiagnosticCode>) {
    let resolved = references.filter { $0.value != nil }.sorted { $0.range < $1.range }
    if resolved.isEmpty { return }
    update { diagnostic in
      if codes.contains(diagnostic.code) || EnvironmentCodes.all.contains(where: { $0.id == diagnostic.code.id }) {
        return
      }
      guard let reference = resolved.reference(around: diagnostic.range) else { return }
      diagnostic = diagnostic.note(reference.explanation, at: reference.range)
      diagnostic.fixes = []
    }
  }
}

extension EnvironmentReference {
  fileprivate var explanation: String {
    switch origin {
    case "default"?: "the text is the default of the environment variable '\(name)'"
    case let origin?: "the text is the value of the environment variable '\(name)' (\(origin))"
    case nil: "the text is the value of the environment variable '\(name)'"
    }
  }
}

extension [EnvironmentReference] {
  /// The reference that a range lies in; the list is in file order.
  fileprivate func reference(around range: SourceRange) -> EnvironmentReference? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let candidate = self[middle].range
      if (candidate.file.index, candidate.start) <= (range.file.index, range.start) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low > 0, self[low - 1].range.contains(range) else { return nil }
    return self[low - 1]
  }
}
