extension SharedStream {
  /// What the lanes and the puller know of each other. It decides and does nothing itself: the caller resumes and
  /// starts what it is given, without the lock.
  struct State {
    typealias Waiter = CheckedContinuation<Void, Never>

    struct Lane {
      var waiting = ValueQueue()
      var isOpen = true
      /// Whether it was ever asked.
      var hasBegun = false
      /// The reader, while it waits for a value.
      var reader: Waiter?
    }

    /// Why no more values come.
    enum End {
      case finished
      case failed(RuntimeError)
    }

    enum Step {
      case give(Value, WakeUp)
      case end
      case fail(RuntimeError)
      case wait
    }

    /// What to do with the puller.
    enum WakeUp {
      case nothing
      case start
      case resume(Waiter)
    }

    private enum Puller {
      case none
      case working
      case sleeping(Waiter)
    }

    private(set) var lanes: [Lane]
    /// Whether there is an end to come and somebody who waits for it.
    private(set) var isOpen: Bool
    /// The task that pulls, once it has begun.
    var task: Task<Void, Never>?
    private let pace: Pace
    private var puller = Puller.none
    private var end: End?
    /// Counts the items of the source.
    private var position = 0

    init(laneCount: Int, pace: Pace) {
      lanes = [Lane](repeating: Lane(), count: laneCount)
      isOpen = laneCount > 0
      self.pace = pace
    }
  }
}

// MARK: Readers

extension SharedStream.State {
  mutating func step(of lane: Int) -> Step {
    guard lanes[lane].isOpen else { return .fail(.cancelled) }
    lanes[lane].hasBegun = true
    // Others may wait for the room.
    if let value = lanes[lane].waiting.popFirst() { return .give(value, takeWakeUp()) }
    return switch end {
    case .finished?: .end
    case .failed(let error)?: .fail(error)
    case nil: .wait
    }
  }

  /// Keeps a reader until there is something for it; `nil` when there is already.
  mutating func wait(_ reader: Waiter, in lane: Int) -> WakeUp? {
    guard lanes[lane].isOpen, lanes[lane].waiting.isEmpty, end == nil else { return nil }
    lanes[lane].reader = reader
    return takeWakeUp()
  }

  /// Takes a lane out, and gives its reader.
  mutating func leave(_ lane: Int) -> Waiter? {
    lanes[lane].isOpen = false
    lanes[lane].waiting = ValueQueue()
    isOpen = isOpen && lanes.contains(where: \.isOpen)
    return lanes[lane].reader.take()
  }
}

// MARK: The puller

extension SharedStream.State {
  /// Whether a lane needs an item and no other one stands in the way.
  var mayPull: Bool {
    guard isOpen, lanes.contains(where: { $0.reader != nil }) else { return false }
    guard case .slowest(let bufferSize) = pace else { return true }
    return !lanes.contains { lane in
      lane.waiting.size >= SharedStream.limit || (lane.hasBegun && lane.waiting.count >= bufferSize)
    }
  }

  /// Whether too much waits for slow lanes.
  var isBeyondLimit: Bool {
    // A single value is never too much: whoever reads next gets it.
    lanes.reduce(0) { $0 + ($1.waiting.count > 1 ? $1.waiting.size : 0) } > SharedStream.limit
  }

  mutating func takePosition() -> Int {
    defer { position += 1 }
    return position
  }

  /// The puller has to go on if it sleeps and there is something to do for it, its own end included.
  mutating func takeWakeUp() -> WakeUp {
    switch puller {
    case .working: return .nothing
    case .none:
      guard mayPull else { return .nothing }
      puller = .working
      return .start
    case .sleeping(let waiter):
      guard mayPull || !isOpen else { return .nothing }
      puller = .working
      return .resume(waiter)
    }
  }

  /// Keeps the puller until it is needed; true when it is already.
  mutating func sleep(_ waiter: Waiter) -> Bool {
    if mayPull || !isOpen { return true }
    puller = .sleeping(waiter)
    return false
  }

  /// Puts the values of one item into the buffers, and gives the readers who waited for one.
  mutating func append(_ value: (Int) -> Value, droppingNulls: Bool) -> [Waiter] {
    var readers: [Waiter] = []
    for index in lanes.indices where lanes[index].isOpen {
      let value = value(index)
      if value.isNull, droppingNulls { continue }
      lanes[index].waiting.append(value)
      if let reader = lanes[index].reader.take() { readers.append(reader) }
    }
    return readers
  }

  /// Ends everything, and gives all readers.
  mutating func finish(_ end: End) -> [Waiter] {
    isOpen = false
    self.end = self.end ?? end
    return lanes.indices.compactMap { lanes[$0].reader.take() }
  }
}
