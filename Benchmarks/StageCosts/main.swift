import Glibc

/// Carries out one pure stage a number of times, for `Benchmarks/stages` to count what it executes.
///
///     stage-costs STAGE TIMES
let arguments = CommandLine.arguments
guard arguments.count == 3, let stage = Stage(rawValue: arguments[1]), let times = Int(arguments[2]) else {
  print("usage: stage-costs \(Stage.allCases.map(\.rawValue).joined(separator: "|")) TIMES")
  Glibc.exit(2)
}
let work = try stage.prepared()
var check = 0
for _ in 0..<times { check &+= try work() }
// The work cannot be left out when something depends on it.
print(check == 0 ? "nothing was done" : "done")
