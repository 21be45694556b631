/// Edits that can be applied together, because none of them touches another.
///
/// Fixes are offered one after the other; one that does not go together with those already taken is refused, and may be
/// offered again for the text that these make.
package struct EditSelection: Sendable {
  /// The taken edits of each file, by where they start.
  private var edits: [SourceFile.ID: [Diagnostic.Fix.Edit]] = [:]

  package init() {}

  /// The files that would be changed.
  package var files: [SourceFile.ID] { edits.keys.sorted() }

  /// Takes all edits of a fix, or none.
  ///
  /// - Returns: whether the fix was taken. One whose edits have all been taken already is.
  package mutating func add(_ fix: Diagnostic.Fix) -> Bool {
    guard !fix.edits.isEmpty else { return false }
    if fix.edits.allSatisfy(contains) { return true }
    guard fix.isConsistent, !fix.edits.contains(where: touches) else { return false }
    for edit in fix.edits {
      let index = firstIndex(startingAfter: edit.range.start, in: edit.range.file)
      edits[edit.range.file, default: []].insert(edit, at: index)
    }
    return true
  }

  /// The changed bytes of a file.
  package func text(of file: SourceFile) -> [UInt8] { applyEdits(edits[file.id] ?? [], to: file.bytes) }

  private func contains(_ edit: Diagnostic.Fix.Edit) -> Bool {
    let all = edits[edit.range.file] ?? []
    var index = firstIndex(startingAfter: edit.range.start, in: edit.range.file) - 1
    while index >= 0, all[index].range.start == edit.range.start {
      if all[index].range == edit.range, all[index].text == edit.text { return true }
      index -= 1
    }
    return false
  }

  /// Two insertions at one place have no order, and one beside a replacement may mean the text that is replaced: such
  /// edits are not taken together either.
  private func touches(_ edit: Diagnostic.Fix.Edit) -> Bool {
    guard let all = edits[edit.range.file] else { return false }
    var index = firstIndex(startingAfter: edit.range.end, in: edit.range.file) - 1
    // Taken edits do not overlap, so only the nearest ones can touch this one.
    while index >= 0 {
      let taken = all[index].range
      if taken.start == edit.range.end || taken.end == edit.range.start {
        if taken.isEmpty || edit.range.isEmpty { return true }
      } else if taken.end > edit.range.start {
        return true
      } else {
        return false
      }
      index -= 1
    }
    return false
  }

  private func firstIndex(startingAfter offset: UInt32, in file: SourceFile.ID) -> Int {
    guard let all = edits[file] else { return 0 }
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].range.start > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// The bytes with every edit applied; the ranges are those of the unchanged bytes and do not overlap. Insertions at one
/// place keep their order and stand before what is replaced there.
package func applyEdits(_ edits: [Diagnostic.Fix.Edit], to bytes: [UInt8]) -> [UInt8] {
  let ordered = edits.enumerated().sorted { left, right in
    (left.element.range.start, left.element.range.end, left.offset)
      < (right.element.range.start, right.element.range.end, right.offset)
  }
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var copied = 0
  for (_, edit) in ordered {
    let start = min(max(Int(edit.range.start), copied), bytes.count)
    result += bytes[copied..<start]
    result += edit.text.utf8
    copied = min(max(Int(edit.range.end), start), bytes.count)
  }
  return result + bytes[copied...]
}

extension Diagnostic.Fix {
  /// Whether the edits of the fix do not overlap each other.
  fileprivate var isConsistent: Bool {
    let ranges = edits.map(\.range).sorted()
    return zip(ranges, ranges.dropFirst()).allSatisfy { $0.file != $1.file || $0.end <= $1.start }
  }
}
