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
    let all = expressionBenchmarks + evaluationBenchmarks + jsonBenchmarks + frontEndBenchmarks
    let chosen = all.filter { benchmark in names.isEmpty || names.contains { benchmark.name.contains($0) } }

    // The heap keeps the memory that it has had, as in a program that has run for a while: otherwise a third of the
    // time to read a large document is the kernel's, which takes the pages away after each run.
    mallopt(M_TRIM_THRESHOLD, 256 * 1024 * 1024)
    print(Measurement.head)
    var missed = 0
    for benchmark in chosen {
      let measurement = try await benchmark.measured()
      print(measurement.row)
      if measurement.isMissed { missed += 1 }
    }
    if isCheck, missed > 0 { exit(1) }
  }
}
