import CAllocator
import Glibc

/// Measures what runs once per file, per request or per chunk, and prints a table.
///
/// `--check` fails when a bar is missed; any other argument is a part of the names that are measured.
@main enum Measure {
  static func main() async throws {
    var names: [String] = []
    var isCheck = false
    for argument in CommandLine.arguments.dropFirst() {
      if argument == "--check" { isCheck = true } else { names.append(argument) }
    }
    let all = expressionBenchmarks + evaluationBenchmarks + jsonBenchmarks + frontEndBenchmarks + jobBenchmarks
    let chosen = all.filter { benchmark in names.isEmpty || names.contains { benchmark.name.contains($0) } }
    if chosen.isEmpty {
      print("error: no benchmark has a name with any of: \(names.joined(separator: ", "))")
      exit(2)
    }

    // The heap keeps the memory that it has had, as in a program that has run for a while: otherwise a third of the
    // time to read a large document is the kernel's, which takes the pages away after each run.
    mallopt(M_TRIM_THRESHOLD, 256 * 1024 * 1024)
    let measurements = try await measured(chosen)
    print(Measurement.head)
    for measurement in measurements { print(measurement.row) }
    let missed = measurements.count(where: \.isMissed)
    if isCheck, missed > 0 { exit(1) }
  }

  /// One repetition of each, again and again: what disturbs the machine for a second then spoils a repetition or two
  /// of every benchmark, which a median bears, and not all repetitions of one.
  private static func measured(_ benchmarks: [Benchmark]) async throws -> [Measurement] {
    var runs: [Int] = []
    for benchmark in benchmarks { runs.append(try await benchmark.runsPerRepetition()) }
    var seconds = benchmarks.map { _ in [Double]() }
    for _ in 0..<repetitions {
      for (index, benchmark) in benchmarks.enumerated() {
        seconds[index].append(try await benchmark.time(runs[index]) / Double(runs[index]))
      }
    }
    return zip(benchmarks, seconds).map(Measurement.init)
  }

  private static let repetitions = 15
}
