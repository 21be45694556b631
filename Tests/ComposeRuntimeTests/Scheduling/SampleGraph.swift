import ComposeRuntime

/// The jobs of a made-up workflow, by position.
struct SampleGraph {
  var jobs: [SampleJob] = []

  /// The jobs that somebody can route to.
  var routed: Set<Int> { Set(jobs.flatMap(\.targets)) }

  /// The jobs that no other job waits for.
  var terminal: [Int] {
    jobs.indices.filter { job in
      jobs.indices.allSatisfy { $0 == job || !jobs[$0].after.joined().contains(job) }
    }
  }

  var topology: JobTopology {
    let routed = routed
    return JobTopology(
      after: jobs.map(\.after),
      isRouted: jobs.indices.map(routed.contains),
      runLimits: jobs.map(\.runLimit))
  }

  static func name(_ job: Int) -> String { "j\(job)" }
}

/// One job of a made-up workflow.
struct SampleJob {
  enum Kind {
    /// Gives an output by itself, in no time.
    case delay
    /// Asks a component, which may fail.
    case component
    case `if`
    case `switch`
  }

  /// Looks whether a job has an output now.
  struct Branch {
    var watched: Int
    var then: Int?
    var otherwise: Int?
  }

  var kind: Kind
  var after: [[Int]] = []
  /// What a router looks at, in turn; the first that leads to a target decides. A `switch` has one.
  var branches: [Branch] = []
  /// Where a router leads when no branch does.
  var otherwise: Int?
  /// Where a failure leads.
  var errorTarget: Int?
  var ignoresErrors = false
  /// The job fails when this one has an output.
  var failsAfter: Int?
  /// The job whose output the output of this one repeats.
  var repeats: Int?
  var maxRunCount: Int?

  var runLimit: Int { maxRunCount ?? 25 }

  var isRouter: Bool { kind == .if || kind == .switch }

  var targets: [Int] {
    branches.flatMap { [$0.then, $0.otherwise] }.compactMap(\.self) + [otherwise, errorTarget].compactMap(\.self)
  }

  /// Where a router leads.
  func target(seeing hasOutput: (Int) -> Bool) -> Int? {
    for branch in branches {
      if let target = hasOutput(branch.watched) ? branch.then : branch.otherwise { return target }
    }
    return otherwise
  }
}
