/// A name for each finding of a report, by which tools know it again in the report of a changed file.
///
/// It depends on the path, the code, the text of the line without the blanks around it, and how many findings before it
/// share these. So it survives moved lines and reworded messages, and no two findings have the same. The hash is
/// 64-bit FNV-1a.
struct FindingFingerprints {
  private var texts: [String] = []

  init(_ report: DiagnosticReport) {
    var occurrences: [UInt64: Int] = [:]
    var last: (file: SourceFile.ID, line: Int, hash: UInt64)?
    for diagnostic in report.diagnostics {
      let file = report.sources[diagnostic.range.file]
      let line = file.lines.line(at: Int(diagnostic.range.start))
      var hash: UInt64
      if let last, last.file == file.id, last.line == line {
        hash = last.hash
      } else {
        hash = FindingFingerprints.seed
        mix(Array(file.plainPath.utf8), into: &hash)
        mix(FindingFingerprints.content(ofLine: line, in: file), into: &hash)
        last = (file.id, line, hash)
      }
      mix(Array(diagnostic.code.id.utf8), into: &hash)
      occurrences[hash, default: 0] += 1
      mix(Array(String(occurrences[hash, default: 1]).utf8), into: &hash)
      let digits = String(hash, radix: 16)
      texts.append(String(repeating: "0", count: 16 - digits.utf8.count) + digits)
    }
  }

  /// The fingerprint of the finding at an index of the report.
  subscript(index: Int) -> String { texts[index] }

  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  private func mix(_ bytes: some Sequence<UInt8>, into hash: inout UInt64) {
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    // No text contains it, so that the border between two texts counts.
    hash = (hash ^ 0xFF) &* 0x100_0000_01b3
  }

  private static func content(ofLine line: Int, in file: SourceFile) -> ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let bytes = file.bytes[file.lines.range(ofLine: line)]
    guard let start = bytes.firstIndex(where: { !isBlank($0) }), let end = bytes.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return bytes[start...end]
  }
}
