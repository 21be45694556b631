import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeTestSupport
import Testing

/// `max_concurrent_count` of the controller.
@Suite struct RunLimitTests {
  private struct Crowd: Sendable {
    var entered = 0
    var inside = 0
    var peak = 0
  }

  /// The first two wait for each other, so at least two run side by side; whoever comes later could join them.
  @Test func noMoreRunThanMay() async throws {
    let crowd = Watched(Crowd())
    let host = FakeHost { (call) async throws(RuntimeError) in
      crowd.update { crowd in
        crowd.entered += 1
        crowd.inside += 1
        crowd.peak = max(crowd.peak, crowd.inside)
      }
      do {
        try await crowd.wait(for: "two runs", describe: { "\($0.entered) entered" }) { $0.entered >= 2 ? () : nil }
      } catch {
        throw .cancelled
      }
      crowd.update { $0.inside -= 1 }
      return call.input
    }
    let address = ServingPlan.Address(host: "127.0.0.1", port: 0)
    let serving = ServingPlan(
      api: address, basePath: "/api", origins: [], webUI: nil, runLimit: 2, refused: [])
    try await withService(smallPlan(workflow("w")), host, serving: serving) { service in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<8 { group.addTask { try await service.run(#"{"output_only":true}"#).status } }
        for try await status in group { #expect(status == 200) }
      }
    }
    #expect(crowd.value.peak == 2 && crowd.value.entered == 8 && crowd.value.inside == 0, "\(crowd.value)")
  }

  /// A run lasts until its stream has been read, as in the reference.
  @Test func aStreamKeepsItsPlaceUntilItsEnd() async throws {
    let faucet = Faucet()
    let address = ServingPlan.Address(host: "127.0.0.1", port: 0)
    let serving = ServingPlan(
      api: address, basePath: "/api", origins: [], webUI: nil, runLimit: 1, refused: [])
    let plan = smallPlan(workflow("w", gives: .encoded(.text)))
    try await withService(plan, .streaming(faucet), serving: serving) { service in
      async let first = service.run(#"{"output_only":true}"#)
      try await faucet.waitUntilAsked(1)
      async let second = service.run(#"{"output_only":true}"#)
      faucet.send("a")
      faucet.finish()
      #expect(try await first.body.contains("data: a"))
      // The second one begins to read only now.
      faucet.send("b")
      faucet.finish()
      #expect(try await second.body.contains("data: b"))
    }
  }
}
