import ComposeProcess
import Glibc

/// A shell script with the usual `PATH`.
func script(_ text: String, _ arguments: String...) -> ProcessCommand {
  ProcessCommand("sh", ["-c", text, "sh"] + arguments, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
}

extension ProcessCommand {
  /// Runs it with room for a mebibyte of output.
  func run(feeding source: ProcessSource = .none) async throws(ProcessError) -> ProcessResult {
    try await run(feeding: source, limit: 1024 * 1024, grace: 5)
  }
}

extension ProcessResult {
  var outputText: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: errors, as: UTF8.self) }
}

extension RunningProcess {
  /// The next line of output; `nil` at the end.
  func line() async throws(ProcessError) -> String? {
    try await readOutput().map { String(decoding: $0, as: UTF8.self) }.map { String($0.prefix { $0 != "\n" }) }
  }
}

/// Whether a process is there and no zombie.
func isAlive(_ id: Int32) -> Bool {
  guard kill(id, 0) == 0, let file = fopen("/proc/\(id)/stat", "r") else { return false }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 1024)
  let count = fread(&bytes, 1, bytes.count, file)
  // `id (name) state`: the name may hold anything, so the last parenthesis counts.
  let text = String(decoding: bytes.prefix(count), as: UTF8.self)
  guard let end = text.lastIndex(of: ")") else { return false }
  return text[end...].dropFirst(2).first != "Z"
}

/// How many entries a folder of `/proc` has.
func count(_ folder: String) -> Int {
  guard let directory = opendir(folder) else { return -1 }
  defer { closedir(directory) }
  var count = 0
  while readdir(directory) != nil { count += 1 }
  return count
}

/// How many processes have this one as their parent, zombies included.
func childCount() -> Int {
  guard let directory = opendir("/proc") else { return -1 }
  defer { closedir(directory) }
  var count = 0
  while let entry = readdir(directory) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    guard Int32(name) != nil, let file = fopen("/proc/\(name)/stat", "r") else { continue }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1024)
    let length = fread(&bytes, 1, bytes.count, file)
    let text = String(decoding: bytes.prefix(length), as: UTF8.self)
    let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
    if fields.count > 2, Int32(fields[2]) == getpid() { count += 1 }
  }
  return count
}
