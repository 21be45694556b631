import ComposeBasic
import ComposePlan
import ComposeServer
import Glibc

/// The keys that callers may present: those of `MODEL_COMPOSE_API_KEYS`, and of the file that
/// `MODEL_COMPOSE_API_KEYS_FILE` names.
///
/// - Throws: what is wrong with an entry. No message shows a part of a key.
func presentedKeys() throws(FileProblem) -> [APIKey] { try KeyEntries().entries.map(\.key) }

/// The same, where each scope names only workflows of the plan.
func presentedKeys(for plan: Plan) throws(FileProblem) -> [APIKey] {
  let known = Set(plan.workflows.map(\.id))
  let entries = try KeyEntries().entries
  for entry in entries where !known.isSuperset(of: entry.key.workflows ?? []) {
    throw FileProblem(
      "\(entry.place): the scope behind its last colon names what is no workflow of this file",
      help: "the workflows are \(known.sorted().joined(separator: ", ")); a key that holds a colon itself ends with one"
    )
  }
  return entries.map(\.key)
}

private struct KeyEntries {
  private static let variable = "MODEL_COMPOSE_API_KEYS"
  private static let fileVariable = "MODEL_COMPOSE_API_KEYS_FILE"

  private(set) var entries: [(key: APIKey, place: String)] = []

  init() throws(FileProblem) {
    let listed = (environmentVariable(Self.variable) ?? "").split(separator: ",").map { String($0).trimmingBlanks }
    for (index, text) in listed.filter({ !$0.isEmpty }).enumerated() {
      try append(text, at: "entry \(index + 1) of \(Self.variable)")
    }
    guard let path = environmentVariable(Self.fileVariable), !path.isEmpty else { return }
    let before = entries.count
    try Self.checkPermissions(path)
    let lines = String(decoding: try Files.read(path), as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let text = String(line).trimmingBlanks
      if !text.isEmpty, !text.hasPrefix("#") { try append(text, at: "\(path):\(index + 1)") }
    }
    if entries.count == before {
      throw FileProblem("'\(path)' holds no key", help: "write one entry a line, or unset \(Self.fileVariable)")
    }
  }

  private mutating func append(_ text: String, at place: String) throws(FileProblem) {
    guard let key = APIKey(entry: text) else {
      throw FileProblem("\(place) is no key", help: "an entry is KEY or KEY:workflow+workflow")
    }
    // A header cannot hold others.
    guard key.key.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw FileProblem(
        "\(place) has characters that a key cannot have", help: "use letters, digits and signs of ASCII")
    }
    entries.append((key, place))
  }

  private static func checkPermissions(_ path: String) throws(FileProblem) {
    var info = stat()
    guard stat(path, &info) == 0 else { throw FileProblem(Files.openProblem(path, errno)) }
    // A pipe or a device is nothing that others find.
    guard info.st_mode & S_IFMT != S_IFREG || info.st_mode & (S_IRWXG | S_IRWXO) == 0 else {
      throw FileProblem(
        "'\(path)' holds keys and is open to other users", help: "take their permissions away: chmod 600 '\(path)'")
    }
  }
}
