import Glibc
package import Testing

/// What a comparison with a recorded text found.
package enum GoldenOutcome: Hashable, Sendable {
  case same
  /// The file was written: it was missing, or recording was asked for and it was another text.
  case recorded
  /// The line difference.
  case different(String)
}

/// Fails unless the text is that of the file; `path` is absolute or relative to the repository.
///
/// A missing file, or any other text while `UPDATE_GOLDENS=1`, records the text **and fails**, so that the variable
/// cannot hide anything. The failure is placed at the first line of the golden file.
package func expectGolden(
  _ actual: String, at path: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = Files.absolute(path)
  let place = SourceLocation(fileID: shownFileID(file), filePath: file, line: 1, column: 1)
  do {
    switch try compareWithGolden(actual, at: file, updates: updatesGoldens) {
    case .same: break
    case .recorded: Issue.record("recorded, run again", sourceLocation: place)
    case .different(let difference):
      Issue.record(
        "is not as recorded (- recorded, + now; UPDATE_GOLDENS=1 records anew):\n\(difference)", sourceLocation: place)
    }
  } catch {
    Issue.record("\(error.message)", sourceLocation: sourceLocation)
  }
}

/// Compares the text with the file's, and writes the file when it is missing or when it differs and `updates`.
package func compareWithGolden(
  _ actual: String, at path: String, updates: Bool
) throws(TestSupportError) -> GoldenOutcome {
  guard Files.exists(path) else {
    try Files.write(actual, to: path)
    return .recorded
  }
  let recorded = try Files.read(path)
  // Bytes are compared: strings would be equal when only their Unicode normalisation or line breaks differ.
  if recorded == Array(actual.utf8) { return .same }
  if updates {
    try Files.write(actual, to: path)
    return .recorded
  }
  return .different(lineDiff(expected: String(decoding: recorded, as: UTF8.self), actual: actual))
}

/// Swift Testing wants a module and a file, so a path without a folder gets one.
func shownFileID(_ path: String) -> String {
  let shown = Files.shown(path)
  return shown.contains("/") ? shown : "./" + shown
}

private var updatesGoldens: Bool {
  guard let value = getenv("UPDATE_GOLDENS") else { return false }
  return String(cString: value) == "1"
}
