import ComposeRuntime
import Testing

/// The rules of a run, one by one.
struct ScheduleTests {
  private static func schedule(
    _ after: [[[Int]]], routed: Set<Int> = [], limits: [Int: Int] = [:]
  ) -> Schedule {
    Schedule(
      JobTopology(
        after: after, isRouted: after.indices.map(routed.contains),
        runLimits: after.indices.map { limits[$0] ?? 25 }))
  }

  // MARK: Waiting

  @Test("Jobs that wait for nothing start together, in their order, once")
  func starts() throws {
    var schedule = Self.schedule([[], [[0]], []])
    #expect(try schedule.takeReady() == [0, 2])
    #expect(try schedule.takeReady() == [])
    schedule.complete(2)
    #expect(try schedule.takeReady() == [])
    schedule.complete(0)
    #expect(try schedule.takeReady() == [1])
    #expect(!schedule.isComplete)
    schedule.complete(1)
    #expect(schedule.isComplete)
    #expect(try schedule.takeReady() == [])
  }

  @Test("A job starts when each of its groups has a completed job, and once")
  func groups() throws {
    var schedule = Self.schedule([[], [], [], [[0], [1, 2]]])
    _ = try schedule.takeReady()
    schedule.complete(1)
    schedule.complete(2)
    #expect(try schedule.takeReady() == [])
    schedule.complete(0)
    #expect(try schedule.takeReady() == [3])
    #expect(try schedule.takeReady() == [])
  }

  @Test("The other jobs of a satisfied group change nothing")
  func satisfiedGroup() throws {
    var schedule = Self.schedule([[], [], [[0, 1, 1]]])
    _ = try schedule.takeReady()
    schedule.complete(1)
    #expect(try schedule.takeReady() == [2])
    schedule.complete(2)
    schedule.complete(0)
    #expect(try schedule.takeReady() == [])
    #expect(schedule.isComplete)
    #expect(schedule.startCount(of: 2) == 1)
  }

  @Test("Several jobs that become ready at once start in their order, whoever made them ready")
  func order() throws {
    var schedule = Self.schedule([[], [], [[1]], [[0]], [[1]]])
    _ = try schedule.takeReady()
    schedule.complete(0)
    schedule.complete(1)
    #expect(try schedule.takeReady() == [2, 3, 4])
  }

  // MARK: Routing

  @Test("A job that others route to starts only when it is routed to; one that nobody routes to never runs")
  func routes() throws {
    var schedule = Self.schedule([[], [], []], routed: [1, 2])
    #expect(try schedule.takeReady() == [0])
    #expect(schedule.route(from: 0, to: 2) == .starts)
    #expect(try schedule.takeReady() == [2])
    schedule.complete(2)
    #expect(schedule.isComplete)
    #expect(schedule.state(of: 1) == .notRoutedTo)
  }

  @Test("The first route starts its target at once, whatever the target waits for")
  func firstRoute() throws {
    var schedule = Self.schedule([[], [], [[1]]], routed: [2])
    _ = try schedule.takeReady()
    #expect(schedule.route(from: 0, to: 2) == .starts)
    #expect(try schedule.takeReady() == [2])
    #expect(schedule.state(of: 1) == .running)
  }

  @Test("A router that leads nowhere completes, and so does one whose target runs or waits already")
  func routesWithoutEffect() throws {
    var schedule = Self.schedule([[], [], [], [], [[0], [2]]], routed: [3])
    _ = try schedule.takeReady()
    schedule.complete(0)
    #expect(schedule.route(from: 1, to: 3) == .starts)
    #expect(schedule.route(from: 2, to: 3) == .nothing)
    #expect(try schedule.takeReady() == [3, 4])
    #expect(schedule.route(from: 4, to: 3) == .nothing)
    schedule.complete(3)
    #expect(schedule.isComplete)
    #expect(schedule.startCount(of: 3) == 1)
  }

  @Test("A job that routes to itself completes")
  func selfRoute() throws {
    var schedule = Self.schedule([[], []], routed: [1])
    _ = try schedule.takeReady()
    _ = schedule.route(from: 0, to: 1)
    _ = try schedule.takeReady()
    #expect(schedule.route(from: 1, to: 1) == .nothing)
    #expect(schedule.isComplete)
  }

  @Test("A workflow in which every job is a target of routes is complete at once")
  func nothingToStart() throws {
    var schedule = Self.schedule([[], []], routed: [0, 1])
    #expect(try schedule.takeReady() == [])
    #expect(schedule.isComplete)
  }

  // MARK: Re-entry

  /// 0 routes to 1; 2 waits for 1; 3 waits for 2 and may route back to 1; 4 waits for 2.
  private static func loop(limits: [Int: Int] = [:]) throws -> Schedule {
    var schedule = schedule([[], [], [[1]], [[2]], [[2]]], routed: [1], limits: limits)
    _ = try schedule.takeReady()
    _ = schedule.route(from: 0, to: 1)
    _ = try schedule.takeReady()
    schedule.complete(1)
    _ = try schedule.takeReady()
    schedule.complete(2)
    #expect(try schedule.takeReady() == [3, 4])
    return schedule
  }

  @Test("A route to a completed job rewinds it, its completed dependents and the router among them")
  func rewinds() throws {
    var schedule = try Self.loop()
    schedule.complete(4)
    #expect(schedule.route(from: 3, to: 1) == .rewinds([1, 2, 3, 4]))
    #expect([1, 2, 3, 4].map(schedule.state) == [.ready, .waiting, .waiting, .waiting])
    #expect(try schedule.takeReady() == [1])
    schedule.complete(1)
    #expect(try schedule.takeReady() == [2])
    schedule.complete(2)
    #expect(try schedule.takeReady() == [3, 4])
    schedule.complete(3)
    #expect(!schedule.isComplete)
    schedule.complete(4)
    #expect(schedule.isComplete)
    #expect((0..<5).map(schedule.startCount) == [1, 2, 2, 2, 2])
  }

  @Test("A dependent that runs is not rewound: it goes on, and does not run again")
  func rewindsBesideRunning() throws {
    var schedule = try Self.loop()
    #expect(schedule.route(from: 3, to: 1) == .rewinds([1, 2, 3]))
    #expect(try schedule.takeReady() == [1])
    schedule.complete(4)
    schedule.complete(1)
    #expect(try schedule.takeReady() == [2])
    schedule.complete(2)
    #expect(try schedule.takeReady() == [3])
    schedule.complete(3)
    #expect(schedule.isComplete)
    #expect(schedule.startCount(of: 4) == 1)
  }

  @Test("A router that does not come after its target completes, and what waits for it goes on")
  func routerOutside() throws {
    var schedule = Self.schedule([[], [], [[0]], [[2]]], routed: [1])
    _ = try schedule.takeReady()
    _ = schedule.route(from: 0, to: 1)
    #expect(try schedule.takeReady() == [1, 2])
    schedule.complete(1)
    #expect(schedule.route(from: 2, to: 1) == .rewinds([1]))
    #expect(try schedule.takeReady() == [1, 3])
  }

  @Test("A rewound job starts like any other: when what it waits for is completed")
  func rewoundTargetWaits() throws {
    // 1 waits for 3, but is routed to by 0 before 3 has completed, and by 2 again.
    var schedule = Self.schedule([[], [[3]], [[1]], []], routed: [1])
    _ = try schedule.takeReady()
    _ = schedule.route(from: 0, to: 1)
    #expect(try schedule.takeReady() == [1])
    schedule.complete(1)
    #expect(try schedule.takeReady() == [2])
    #expect(schedule.route(from: 2, to: 1) == .rewinds([1, 2]))
    #expect(try schedule.takeReady() == [])
    schedule.complete(3)
    #expect(try schedule.takeReady() == [1])
  }

  @Test("A route to a job that was rewound and waits does nothing")
  func routeToRewound() throws {
    var schedule = Self.schedule([[], [[3]], [[1]], [], [[1]]], routed: [1])
    _ = try schedule.takeReady()
    _ = schedule.route(from: 0, to: 1)
    _ = try schedule.takeReady()
    schedule.complete(1)
    #expect(try schedule.takeReady() == [2, 4])
    #expect(schedule.route(from: 2, to: 1) == .rewinds([1, 2]))
    #expect(schedule.route(from: 4, to: 1) == .nothing)
    #expect(schedule.state(of: 4) == .completed)
  }

  @Test("A group that another completed job satisfies stays satisfied when one of its jobs is rewound")
  func alternative() throws {
    // 4 waits for 1 or 2, and for 5.
    var schedule = Self.schedule([[], [], [], [], [[1, 2], [5]], []], routed: [1])
    _ = try schedule.takeReady()
    _ = schedule.route(from: 0, to: 1)
    _ = try schedule.takeReady()
    schedule.complete(1)
    schedule.complete(2)
    #expect(schedule.route(from: 3, to: 1) == .rewinds([1]))
    schedule.complete(5)
    #expect(try schedule.takeReady() == [1, 4])
  }

  @Test("A job that could start and has not waits again when what it waited for is rewound")
  func withdrawn() throws {
    var schedule = Self.schedule([[], [], [[1]], []], routed: [1])
    _ = try schedule.takeReady()
    _ = schedule.route(from: 0, to: 1)
    _ = try schedule.takeReady()
    schedule.complete(1)
    #expect(schedule.state(of: 2) == .ready)
    #expect(schedule.route(from: 3, to: 1) == .rewinds([1]))
    #expect(schedule.state(of: 2) == .waiting)
    #expect(try schedule.takeReady() == [1])
    schedule.complete(1)
    #expect(try schedule.takeReady() == [2])
  }

  // MARK: Ends

  @Test("A job starts as often as its limit says, and the next start is an error")
  func runLimit() throws {
    var schedule = try Self.loop(limits: [2: 2])
    #expect(schedule.route(from: 3, to: 1) == .rewinds([1, 2, 3]))
    _ = try schedule.takeReady()
    schedule.complete(1)
    #expect(try schedule.takeReady() == [2])
    schedule.complete(2)
    #expect(try schedule.takeReady() == [3])
    _ = schedule.route(from: 3, to: 1)
    #expect(try schedule.takeReady() == [1])
    schedule.complete(1)
    let fault = #expect(throws: ScheduleFault.tooManyRuns(job: 2, limit: 2)) { try schedule.takeReady() }
    #expect(fault?.job == 2)
    #expect(
      fault?.message { "job\($0)" }
        == "routing leads back to the job, which ran 2 times: that is its 'max_run_count'")
  }

  @Test("Jobs are left and nothing runs: the error says what each waits for")
  func deadlock() throws {
    var schedule = Self.schedule([[], [], [[0], [1]], [[2, 1]], [[4]]], routed: [1])
    #expect(try schedule.takeReady() == [0])
    schedule.complete(0)
    let fault = #expect(throws: ScheduleFault.self) { try schedule.takeReady() }
    #expect(
      fault?.message { "job\($0)" } == """
        jobs are left that nothing can start: 'job2' waits for 'job1', to which no job routed; \
        'job3' waits for 'job2' or 'job1', to which no job routed; 'job4' waits for 'job4'
        """)
  }

  @Test("A message names eight jobs and counts the others")
  func longDeadlock() throws {
    var schedule = Self.schedule((0..<20).map { [[($0 + 1) % 20]] })
    let fault = #expect(throws: ScheduleFault.self) { try schedule.takeReady() }
    #expect(fault?.job == 0)
    #expect(fault?.message { "job\($0)" }.hasSuffix("'job7' waits for 'job8'; and 12 more") == true)
  }

  @Test("Nothing is left over as long as a job runs")
  func noDeadlockWhileRunning() throws {
    var schedule = Self.schedule([[], [[1]]])
    #expect(try schedule.takeReady() == [0])
    #expect(try schedule.takeReady() == [])
    schedule.complete(0)
    #expect(throws: ScheduleFault.self) { try schedule.takeReady() }
  }
}
