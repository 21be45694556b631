import ComposeBasic
import ComposeSyntax

/// Turns expressions that read a reply as a whole into those that read its chunks.
struct ChunkReading {
  /// What one chunk is; `any` for an API that is not described.
  private let chunk: Type

  init(_ target: ActionTarget) {
    chunk = target.api.map { $0.chunk(isProvider: target.callsProvider) } ?? .any
  }

  /// The edits; `nil` when it is not clear what of a chunk is meant.
  ///
  /// - Parameter key: the key of `output` when `stream_format` has to be added too.
  func edits(for wholes: [Expression], adding key: SourceRange? = nil) -> [Diagnostic.Fix.Edit]? {
    var edits = key.map { [Diagnostic.Fix.Edit(entry: "stream_format: json", before: $0)] } ?? []
    for whole in wholes {
      guard whole.index == nil, let renamed = renaming(in: whole) else { return nil }
      let end = Int(whole.root.range.end)
      edits.append(Diagnostic.Fix.Edit(SourceRange(file: whole.root.range.file, start: end, end: end), "[]"))
      edits += renamed
    }
    return edits
  }

  /// The edit that makes the path one of a chunk: none when it is one, else the only other name for one of its members,
  /// such as `delta` for `message`.
  private func renaming(in whole: Expression) -> [Diagnostic.Fix.Edit]? {
    if type(of: whole, whole.path) != nil { return [] }
    var found: [Diagnostic.Fix.Edit] = []
    for (index, step) in whole.path.enumerated() {
      guard case .key(let name) = step.value, let owner = type(of: whole, Array(whole.path[..<index])) else { continue }
      for other in owner.alternatives.flatMap(\.members) where other != name {
        var path = whole.path
        path[index] = Located(.key(other), at: step.range)
        // Anything can be said to be in a member that is not described.
        if let type = type(of: whole, path), type != .any { found.append(Diagnostic.Fix.Edit(step.range, other)) }
      }
    }
    return found.count == 1 ? found : nil
  }

  /// The type at the end of a path; `nil` when it finds nothing.
  private func type(of whole: Expression, _ path: [Located<PathSegment>]) -> Type? {
    var findings = Diagnostics()
    let type = PathChecker(expression: whole).type(of: path[...], from: chunk, into: &findings)
    return findings.all.isEmpty ? type : nil
  }
}

extension Type {
  fileprivate var members: [String] {
    if case .object(let object) = self { object.members.map(\.name) } else { [] }
  }
}
