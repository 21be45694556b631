import Glibc

/// What the process uses, by the names that Prometheus' own clients have for it.
struct ProcessFigures {
  /// In seconds.
  var processorTime = 0.0
  /// In bytes.
  var residentMemory = 0
  var openDescriptors = 0

  /// Read from the system; what cannot be read is 0.
  static var now: ProcessFigures {
    var figures = ProcessFigures()
    // POSIX lets it count microseconds.
    figures.processorTime = Double(max(0, clock())) / 1e6
    let fields = firstLine(of: "/proc/self/statm").split(separator: " ")
    if fields.count > 1, let pages = Int(fields[1]) {
      figures.residentMemory = pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
    figures.openDescriptors = entryCount(of: "/proc/self/fd")
    return figures
  }

  func append(to text: inout PrometheusText) {
    text.counter("process_cpu_seconds_total", "Processor time of the process.")
    text.sample("process_cpu_seconds_total", [], processorTime)
    text.gauge("process_resident_memory_bytes", "Resident memory of the process.")
    text.sample("process_resident_memory_bytes", [], residentMemory)
    text.gauge("process_open_fds", "Open file descriptors of the process.")
    text.sample("process_open_fds", [], openDescriptors)
  }
}

private func firstLine(of path: String) -> String {
  guard let file = fopen(path, "re") else { return "" }
  defer { fclose(file) }
  return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
    guard fgets(buffer.baseAddress, 256, file) != nil, let start = buffer.baseAddress else { return "" }
    return String(cString: start)
  }
}

private func entryCount(of path: String) -> Int {
  guard let folder = opendir(path) else { return 0 }
  defer { closedir(folder) }
  var count = 0
  while readdir(folder) != nil { count += 1 }
  // `.`, `..` and the descriptor that reads them.
  return max(0, count - 3)
}
