import ComposeRuntime
import Testing

/// The schedule does what the rules say, whatever happens in a run.
struct ScheduleStressTests {
  private static let chunk = 1000

  @Test("10,000 walks through random workflows agree with the rules at every step", arguments: 0..<10)
  func walks(part: Int) throws {
    var ends: [ScheduleWalk.End: Int] = [:]
    var total = ScheduleWalk.Tally()
    for seed in part * Self.chunk..<(part + 1) * Self.chunk {
      let graph = SampleGraphGenerator.graph(seed: UInt64(seed))
      var walk = ScheduleWalk(graph, seed: UInt64(seed) &+ 0x5EED)
      do throws(ScheduleWalk.Disagreement) {
        ends[try walk.run(), default: 0] += 1
      } catch {
        Issue.record("seed \(seed): \(error)")
      }
      total.add(walk.tally)
    }
    // The walks are worth something only when they lead everywhere.
    for end: ScheduleWalk.End in [.complete, .failed, .cancelled, .tooManyRuns, .deadlock] {
      #expect(ends[end, default: 0] > 10, "\(end): \(ends)")
    }
    #expect(total.firstRoutes > 1000, "\(total)")
    #expect(total.routesWithoutEffect > 100, "\(total)")
    #expect(total.rewinds > 500, "\(total)")
    #expect(total.rewindsOfTheRouter > 100, "\(total)")
    #expect(total.rewindsBesideRunningDependents > 5, "\(total)")
    #expect(total.withdrawnStarts > 0, "\(total)")
  }
}

extension ScheduleWalk.Tally {
  fileprivate mutating func add(_ other: Self) {
    steps += other.steps
    firstRoutes += other.firstRoutes
    routesWithoutEffect += other.routesWithoutEffect
    rewinds += other.rewinds
    rewindsOfTheRouter += other.rewindsOfTheRouter
    rewindsBesideRunningDependents += other.rewindsBesideRunningDependents
    withdrawnStarts += other.withdrawnStarts
  }
}
