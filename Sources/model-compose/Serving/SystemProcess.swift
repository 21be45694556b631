import Glibc

/// A process of this machine. Ids are given out again, so the time of its start belongs to it.
struct SystemProcess: Hashable, Sendable {
  let id: Int32
  /// In clock ticks since the machine's start, as `/proc/ID/stat` has it (proc_pid_stat(5)).
  let startTime: Int

  /// The process with that id; `nil` when there is none that runs. One that is dead and was not asked for does not.
  init?(id: Int32) {
    guard let bytes = try? Files.read("/proc/\(id)/stat") else { return nil }
    // `id (name) state …`: the name may hold anything, so the last parenthesis counts. The start is field 22.
    guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    guard fields.count > 19, !["Z", "X"].contains(fields[0]), let startTime = Int(fields[19]) else { return nil }
    self.init(id: id, startTime: startTime)
  }

  init(id: Int32, startTime: Int) {
    self.id = id
    self.startTime = startTime
  }

  /// This process.
  static var current: SystemProcess { SystemProcess(id: getpid()) ?? SystemProcess(id: getpid(), startTime: 0) }

  var isAlive: Bool { SystemProcess(id: id) == self }
}
