/// Makes workflows of one to forty jobs: groups, routers, failures that route, re-entries with and without an end, and
/// now and then waits that nothing satisfies.
struct SampleGraphGenerator {
  private var dice: Dice
  private var graph = SampleGraph()
  /// The jobs that routers choose among; the others mostly start by themselves.
  private var targets: [Int] = []
  /// How many of a hundred edges lead anywhere at all, to later jobs or to the job itself.
  private let wildness: Int
  /// Whether the check should mostly find nothing wrong with the graph.
  private let isTame: Bool
  private let hasComponents: Bool

  static func graph(seed: UInt64, isTame: Bool = false, hasComponents: Bool = true) -> SampleGraph {
    var generator = SampleGraphGenerator(seed: seed, isTame: isTame, hasComponents: hasComponents)
    return generator.make()
  }

  private init(seed: UInt64, isTame: Bool, hasComponents: Bool) {
    dice = Dice(seed: seed)
    wildness = isTame ? 0 : dice.one(of: [0, 0, 2, 6])
    self.isTame = isTame
    self.hasComponents = hasComponents
  }

  private mutating func make() -> SampleGraph {
    let count = dice.hits(25) ? 1 + dice.below(34) : 1 + dice.below(13)
    targets = (1..<max(count, 2)).filter { $0 < count && dice.hits(40) }
    for job in 0..<count { graph.jobs.append(sampleJob(job, of: count)) }
    if dice.hits(60) { isTame && dice.hits(70) ? addLoopOfTwo() : addLoop() }
    return graph
  }

  private mutating func sampleJob(_ job: Int, of count: Int) -> SampleJob {
    var made = SampleJob(kind: kind())
    let waits = targets.contains(job) ? !isTame && dice.hits(40) : job > 0 && dice.hits(75)
    if waits {
      let groups = dice.one(of: [1, 1, 1, 2, 2, 3])
      made.after = (0..<groups).map { _ in
        (0..<dice.one(of: [1, 1, 1, 2, 3])).compactMap { _ in earlier(than: job, of: count) }
      }.filter { !$0.isEmpty }
      if isTame && dice.hits(30), let ways = waysOfOneRouter() { made.after.append(ways) }
    }
    if dice.hits(20) { made.maxRunCount = 1 + dice.below(4) }
    // A job reads only what it waits for: what others give at that moment is chance.
    let waitedFor = made.after.flatMap(\.self).filter { $0 < job && !graph.jobs[$0].isRouter }
    if made.isRouter {
      addBranches(to: &made, seeing: waitedFor, at: job, of: count)
    } else {
      made.repeats = waitedFor.isEmpty ? nil : dice.one(of: waitedFor)
      if dice.hits(15) { made.failsAfter = waitedFor.isEmpty ? nil : dice.one(of: waitedFor) }
      if dice.hits(15) { made.errorTarget = target(at: job, of: count) } else { made.ignoresErrors = dice.hits(40) }
    }
    return made
  }

  private mutating func kind() -> SampleJob.Kind {
    let kinds: [SampleJob.Kind] = [.delay, .delay, .delay, hasComponents ? .component : .delay, .if, .switch]
    return dice.one(of: kinds)
  }

  private mutating func addBranches(to made: inout SampleJob, seeing seen: [Int], at job: Int, of count: Int) {
    if dice.hits(60) { made.otherwise = target(at: job, of: count) }
    guard !seen.isEmpty else { return }
    if made.kind == .switch {
      guard let then = target(at: job, of: count) else { return }
      made.branches = [.init(watched: dice.one(of: seen), then: then)]
    } else {
      made.branches = (0..<1 + dice.below(3)).map { _ in
        .init(
          watched: dice.one(of: seen), then: dice.hits(60) ? target(at: job, of: count) : nil,
          otherwise: dice.hits(40) ? target(at: job, of: count) : nil)
      }
    }
  }

  private mutating func earlier(than job: Int, of count: Int) -> Int? {
    if dice.hits(wildness) { return dice.below(count) }
    guard job > 0 else { return nil }
    let found = dice.hits(50) ? max(0, job - 1 - dice.below(3)) : dice.below(job)
    // Who waits for a target often waits in vain.
    return targets.contains(found) && (isTame || dice.hits(75)) ? nil : found
  }

  private mutating func target(at job: Int, of count: Int) -> Int? {
    if dice.hits(wildness) { return dice.below(count) }
    let found = targets.isEmpty ? nil : dice.one(of: targets)
    return isTame && found == job ? nil : found
  }

  /// The targets of a router that surely runs and surely leads to one of them.
  private mutating func waysOfOneRouter() -> [Int]? {
    let routers = graph.jobs.indices.filter { job in
      graph.jobs[job].kind == .switch && graph.jobs[job].otherwise != nil && !targets.contains(job)
    }
    return routers.isEmpty ? nil : Set(graph.jobs[dice.one(of: routers)].targets).sorted()
  }

  /// A body that is entered a second time: what the first turn leads to routes back, and the second turn sees it.
  private mutating func addLoopOfTwo() {
    let entry = graph.jobs.count
    let (body, inner, router, mark, exit) = (entry + 1, entry + 2, entry + 3, entry + 4, entry + 5)
    let work = graph.jobs.indices.filter { !targets.contains($0) }
    let waits = dice.hits(50) && !work.isEmpty
    graph.jobs.append(SampleJob(kind: .if, after: waits ? [[dice.one(of: work)]] : [], otherwise: body))
    graph.jobs.append(SampleJob(kind: .delay))
    graph.jobs.append(SampleJob(kind: .delay, after: [[body]], repeats: body))
    graph.jobs.append(
      SampleJob(kind: .if, after: [[inner]], branches: [.init(watched: mark, then: exit, otherwise: mark)]))
    graph.jobs.append(SampleJob(kind: .delay))
    graph.jobs.append(SampleJob(kind: .delay))
    graph.jobs.append(
      SampleJob(kind: .if, after: [[mark, exit]], branches: [.init(watched: exit, otherwise: body)]))
    if dice.hits(20) { graph.jobs[inner].maxRunCount = 1 }
    if dice.hits(50) { graph.jobs.append(SampleJob(kind: .delay, after: [[dice.one(of: [inner, router])]])) }
    if dice.hits(50) { graph.jobs.append(SampleJob(kind: .delay, after: [[mark, exit]], repeats: mark)) }
  }

  /// A body that a router enters again as long as one of some marks has no output; each turn sets one of them. Some
  /// loops have no end.
  private mutating func addLoop() {
    let entry = graph.jobs.count
    let (body, inner, router, exit) = (entry + 1, entry + 2, entry + 3, entry + 4)
    let turns = min(1 + dice.below(3), (40 - exit - 1) / 2)
    guard turns > 0 else { return }
    let work = graph.jobs.indices.filter { !graph.jobs[$0].isRouter && !targets.contains($0) }
    let mayWait = dice.hits(50) && !work.isEmpty
    graph.jobs.append(SampleJob(kind: .if, after: mayWait ? [[dice.one(of: work)]] : [], otherwise: body))
    graph.jobs.append(SampleJob(kind: .delay))
    if dice.hits(30) { graph.jobs[body].maxRunCount = 1 + dice.below(turns + 1) }
    graph.jobs.append(SampleJob(kind: .delay, after: [[body]], repeats: body))
    var choice = SampleJob(kind: .if, after: [[inner]], otherwise: dice.one(of: [exit, exit, exit, nil, body]))
    choice.branches = (0..<turns).map { .init(watched: exit + 1 + 2 * $0, otherwise: exit + 1 + 2 * $0) }
    graph.jobs.append(choice)
    graph.jobs.append(SampleJob(kind: .delay, repeats: dice.hits(50) ? inner : nil))
    for turn in 0..<turns {
      let mark = exit + 1 + 2 * turn
      graph.jobs.append(SampleJob(kind: .delay))
      graph.jobs.append(SampleJob(kind: .if, after: [[mark]], otherwise: body))
    }
    if dice.hits(40) && graph.jobs.count < 40 {
      graph.jobs.append(SampleJob(kind: .delay, after: [[dice.one(of: [body, inner, router, router, inner, exit])]]))
    }
  }
}
