import ComposePlan
import ComposeRuntime
import Glibc
import Testing

/// Real runs of made-up workflows do what the rules say, and leave nothing running.
struct InterpreterStressTests {
  /// `COMPOSE_STRESS` says how many runs there are.
  private static let chunk = (getenv("COMPOSE_STRESS").flatMap { Int(String(cString: $0)) } ?? 10_000) / 10

  @Test("Runs of random workflows agree with the rules at every event", .timeLimit(.minutes(15)), arguments: 0..<10)
  func runs(part: Int) async throws {
    var ends: [String: Int] = [:]
    for seed in part * Self.chunk..<(part + 1) * Self.chunk {
      let graph = SampleGraphGenerator.graph(seed: UInt64(seed), isTame: seed % 4 != 0)
      // What waits for itself is no run but a finding: whether it ends the workflow means nothing.
      guard !graph.jobs.indices.contains(where: { graph.jobs[$0].after.joined().contains($0) }) else { continue }
      do throws(ScheduleWalk.Disagreement) {
        ends[try await run(graph, seed: UInt64(seed)), default: 0] += 1
      } catch {
        Issue.record("seed \(seed): \(error)\n\(graph.yaml)")
      }
    }
    for end in ["complete", "cancelled", "fault"] { #expect(ends[end, default: 0] > 0, "\(ends)") }
  }

  /// Runs the workflow once, and says how that ended.
  private func run(_ graph: SampleGraph, seed: UInt64) async throws(ScheduleWalk.Disagreement) -> String {
    // One in fifty comes the whole way from a file.
    let plan = seed % 50 == 0 ? graph.compiledPlan() : graph.assembledPlan()
    let host = SampleHost(seed: seed)
    let clock = SampleClock(seed: seed)
    let recorder = SampleRecorder(cancelAt: seed % 5 == 0 ? 1 + Int(seed % 11) : nil)
    // A task of its own, for the run may be cancelled.
    let outcome = await Task { () async -> Result<Value, RuntimeError> in
      do throws(RuntimeError) {
        let services = RunServices(clock: clock, observer: recorder)
        return .success(
          try await Interpreter(plan: plan, host: host).run(
            plan.workflows[0], input: .object([:]), as: Run(id: "RUN"), with: services))
      } catch {
        return .failure(error)
      }
    }.value
    guard host.activeCount == 0, clock.sleepingCount == 0 else {
      throw .init(description: "left are \(host.activeCount) calls and \(clock.sleepingCount) sleeps")
    }
    var replay = SampleReplay(graph, recorder.recorded)
    switch (try replay.run(), outcome) {
    case (.complete(let expected), .success(let value)):
      guard let expected else { return "complete" }
      guard value.isEqual(to: Self.value(expected)) else {
        throw .init(description: "result \(value), by the rules \(Self.value(expected))")
      }
      return "complete"
    case (.failed(let job), .failure(let error)) where error.job == SampleGraph.name(job): return "failed"
    case (.fault(.tooManyRuns(let job, _)), .failure(let error)) where error.job == SampleGraph.name(job):
      return "fault"
    case (.fault(.deadlock(let blocked)), .failure(let error))
    // The message does not name all when there are many.
    where blocked.prefix(8).allSatisfy({ error.message.contains("'\(SampleGraph.name($0.job))'") }):
      return "fault"
    case (.cancelled, .failure(let error)) where error.code == .cancelled: return "cancelled"
    case (let end, let outcome): throw .init(description: "\(outcome), by the rules \(end)")
    }
  }

  private static func value(_ result: [Int: String?]) -> Value {
    guard !result.isEmpty else { return .null }
    var object = OrderedObject([("mark", .text("done"))])
    for (job, seen) in result { object[SampleGraph.name(job)] = seen.map { .text($0) } ?? .null }
    return .object(object)
  }
}
