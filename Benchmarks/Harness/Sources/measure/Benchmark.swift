import Glibc

/// Something that is measured, and what the figure must not miss.
struct Benchmark: Sendable {
  /// What the figure says.
  enum Unit: Sendable {
    /// How fast input is read; more is better.
    case megabytesPerSecond
    /// How long one run takes, or one of the things in it; less is better.
    case nanoseconds

    var name: String {
      switch self {
      case .megabytesPerSecond: "MB/s"
      case .nanoseconds: "ns"
      }
    }
  }

  let name: String
  /// How many bytes one run reads.
  let bytes: Int
  let unit: Unit
  let bar: Double?
  /// How many things one run does; a figure in nanoseconds is for one of them.
  var count = 1
  /// One run. It gives a number that depends on the result, so that the work cannot be left out.
  let run: @Sendable () async throws -> Int

  /// So many runs that a repetition takes at least 50 ms, found by doubling; it warms up on the way.
  func runsPerRepetition() async throws -> Int {
    var runs = 1
    while try await time(runs) < 0.05 { runs *= 2 }
    return runs
  }

  /// How long so many runs take, in seconds.
  func time(_ runs: Int) async throws -> Double {
    var check = 0
    let start = Self.processorTime()
    for _ in 0..<runs { check &+= try await run() }
    let elapsed = Self.processorTime() - start
    precondition(check != 0, "'\(name)' did nothing")
    return elapsed
  }

  /// How long the process has computed, in seconds: what other programs do at the same time matters less than in the
  /// time on the wall.
  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// A benchmark's figure.
struct Measurement {
  let benchmark: Benchmark
  let figure: Double

  /// The median of several repetitions.
  ///
  /// - Parameter seconds: what one run took in each repetition.
  init(_ benchmark: Benchmark, _ seconds: [Double]) {
    let median = seconds.sorted()[seconds.count / 2]
    self.benchmark = benchmark
    figure =
      switch benchmark.unit {
      case .megabytesPerSecond: Double(benchmark.bytes) / median / 1e6
      case .nanoseconds: median * 1e9 / Double(benchmark.count)
      }
  }

  var isMissed: Bool {
    guard let bar = benchmark.bar else { return false }
    switch benchmark.unit {
    case .megabytesPerSecond: return figure < bar
    case .nanoseconds: return figure > bar
    }
  }

  /// The row of the table, in Markdown.
  var row: String {
    let unit = benchmark.unit.name
    let bar = benchmark.bar.map { "\(Int($0)) \(unit)\(isMissed ? ", missed" : "")" } ?? ""
    return "| \(padded(benchmark.name, to: 42)) | \(left(benchmark.bytes.description, to: 9)) "
      + "| \(left("\(Int(figure.rounded())) \(unit)", to: 9)) | \(padded(bar, to: 16)) |"
  }

  static var head: String {
    "| \(padded("benchmark", to: 42)) | \(left("bytes", to: 9)) | \(left("median", to: 9)) "
      + "| \(padded("bar", to: 16)) |\n"
      + "|\(dashes(44))|\(dashes(10)):|\(dashes(10)):|\(dashes(18))|"
  }
}

private func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

private func left(_ text: String, to width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

private func dashes(_ count: Int) -> String { String(repeating: "-", count: count) }
