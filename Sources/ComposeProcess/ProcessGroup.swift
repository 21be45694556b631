import Glibc

/// Whether a process group has a member that runs. Members that are dead already and wait for their parent do not
/// count: a container's first process may never ask for them.
func isGroupAlive(_ group: Int32) -> Bool {
  // Most groups end with their leader, and this says so at once.
  guard kill(-group, 0) == 0 || errno != ESRCH else { return false }
  guard let folder = opendir("/proc") else { return true }
  defer { closedir(folder) }
  while let entry = readdir(folder) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    guard let id = Int32(name), let status = ProcessStatus(id) else { continue }
    if status.group == group, !status.isDead { return true }
  }
  return false
}

/// What the system tells of a process in `/proc/ID/stat` (proc_pid_stat(5)).
private struct ProcessStatus {
  let group: Int32
  let isDead: Bool

  init?(_ id: Int32) {
    let file = open("/proc/\(id)/stat", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 512) { buffer, count in
      count = max(0, read(file, buffer.baseAddress, buffer.count))
    }
    // `id (name) state parent group …`: the name may hold anything, so the last parenthesis counts.
    guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "), maxSplits: 3)
    guard fields.count > 2, let group = Int32(String(decoding: fields[2], as: UTF8.self)) else { return nil }
    self.group = group
    isDead = fields[0].first == UInt8(ascii: "Z") || fields[0].first == UInt8(ascii: "X")
  }
}
