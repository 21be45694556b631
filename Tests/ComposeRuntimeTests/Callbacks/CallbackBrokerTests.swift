import ComposeRuntime
import Testing

/// Calls from outside, and who waits for them, in every order.
@Suite struct CallbackBrokerTests {
  private let clock = ManualClock()

  private func broker(_ change: (inout CallbackBroker.Limits) -> Void = { _ in }) -> CallbackBroker {
    var limits = CallbackBroker.Limits()
    change(&limits)
    let broker = CallbackBroker(clock: clock, limits: limits)
    broker.open()
    return broker
  }

  private func done(_ number: Int) -> CallbackBroker.Outcome { .done(.integer(number)) }

  private func value(_ ticket: CallbackBroker.Ticket) async throws -> String { try await ticket.value().jsonText }

  @Test func aCallBeforeAndAfterTheWait() async throws {
    let broker = broker()
    broker.deliver(done(1), to: "early")
    #expect(try await value(broker.expect("early")) == "1")
    let ticket = try broker.expect("late")
    let waiting = Task { try await value(ticket) }
    broker.deliver(done(2), to: "late")
    #expect(try await waiting.value == "2")
    #expect(broker.counts == (0, 0))
  }

  @Test func eachOfSeveralGetsOneInTheirOrder() async throws {
    let broker = broker()
    let tickets = [try broker.expect("x"), try broker.expect("x")]
    broker.deliver(done(1), to: "x")
    broker.deliver(done(2), to: "x")
    #expect(try await value(tickets[1]) == "2")
    #expect(try await value(tickets[0]) == "1")
  }

  @Test func aCallThatComesAgainIsNotKept() async throws {
    let broker = broker()
    let ticket = try broker.expect("x")
    broker.deliver(done(1), to: "x")
    broker.deliver(done(1), to: "x")
    #expect(try await value(ticket) == "1")
    #expect(broker.counts.kept == 0)
  }

  @Test func whatIsKeptIsBounded() async throws {
    let byCount = broker { $0.count = 2 }
    for number in 1...3 { byCount.deliver(done(number), to: "x\(number)") }
    #expect(byCount.counts.kept == 2)
    #expect(try await value(byCount.expect("x3")) == "3")

    let bySize = broker { $0.size = 300 }
    for number in 1...3 { bySize.deliver(.done(.text(String(repeating: "a", count: 100))), to: "x\(number)") }
    #expect(bySize.counts.kept == 2)
    bySize.deliver(.done(.text(String(repeating: "a", count: 400))), to: "y")
    #expect(bySize.counts.kept == 2)

    let byAge = broker { $0.age = 10 }
    byAge.deliver(done(1), to: "x")
    clock.advance(seconds: 11)
    let ticket = try byAge.expect("x")
    #expect(byAge.counts == (1, 0))
    withExtendedLifetime(ticket) {}
  }

  @Test func whatHasNoIdIsNotKept() throws {
    let broker = broker()
    broker.deliver(done(1), to: "__callback__", keeps: false)
    #expect(broker.counts.kept == 0)
  }

  @Test func whoIsCancelledLeavesTheQueue() async throws {
    let broker = broker()
    let first = try broker.expect("x")
    let waiting = Task { try await value(first) }
    let second = try broker.expect("x")
    waiting.cancel()
    await #expect(throws: RuntimeError.self) { try await waiting.value }
    broker.deliver(done(1), to: "x")
    #expect(try await value(second) == "1")
  }

  @Test func aTicketThatIsDroppedLeavesTheQueue() async throws {
    let broker = broker()
    do { _ = try broker.expect("x") }
    #expect(broker.counts.waiting == 0)
    let second = try broker.expect("x")
    broker.deliver(done(1), to: "x")
    #expect(try await value(second) == "1")
  }

  @Test func aFailureIsTheProviders() async throws {
    let broker = broker()
    let ticket = try broker.expect("x")
    broker.deliver(.failed(": its status is 'failed'"), to: "x")
    await #expect {
      try await ticket.value()
    } throws: { error in
      let error = error as? RuntimeError
      return error?.code == .provider
        && error?.message == "the callback for 'x' tells that the work has failed: its status is 'failed'"
    }
  }

  @Test func nobodyWaitsWhereNothingListens() async throws {
    #expect(throws: RuntimeError.self) { try CallbackBroker(clock: clock).expect("x") }
    let broker = broker()
    let ticket = try broker.expect("x")
    let late = try broker.expect("y")
    let waiting = Task { try await value(ticket) }
    while broker.counts.waiting < 2 { await Task.yield() }
    broker.close()
    await #expect(throws: RuntimeError.self) { try await waiting.value }
    await #expect(throws: RuntimeError.self) { try await late.value() }
  }
}
