import Foundation

/// What the running process holds.
enum ProcessState {
  /// Without timers: those are the runtime's, which makes them when it likes.
  static var descriptors: Int { openFiles.count { $0.target != "anon_inode:[timerfd]" } }

  static var sockets: [Int32] { openFiles.filter { $0.target.hasPrefix("socket:") }.map(\.descriptor) }

  static var threads: Int { tasks.count }

  static var transferThreads: Int {
    tasks.count { (try? String(contentsOfFile: "/proc/self/task/\($0)/comm", encoding: .utf8)) == "http-transfers\n" }
  }

  /// The most memory that was resident at once, in bytes.
  static var peakMemory: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
    return (line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) * 1024
  }

  private static var tasks: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
  }

  private static var openFiles: [(descriptor: Int32, target: String)] {
    let files = FileManager.default
    let names = (try? files.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return names.compactMap { name in
      guard let descriptor = Int32(name) else { return nil }
      return (descriptor, (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")) ?? "")
    }
  }
}

/// Waits for what another thread does last, after the point where it could tell us.
func eventually(_ condition: () -> Bool) async throws {
  for _ in 0..<10_000 {
    try await Task.sleep(for: .milliseconds(1))
    if condition() { return }
  }
  throw CancellationError()
}
