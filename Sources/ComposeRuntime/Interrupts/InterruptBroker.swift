import Synchronization

/// Collects the places where a run stops, and asks for all of them at once when nothing else is under way (runtime
/// specification, section 2.6).
///
/// The job that finds that it is time to ask does so itself, for all. When it is cancelled meanwhile, another one asks
/// again for those that are left.
final class InterruptBroker: Sendable {
  /// A job that is under way.
  struct Unit: Hashable, Sendable {
    fileprivate let number: Int
  }

  private let handler: any InterruptHandler
  private let state = Mutex(State())

  init(_ handler: any InterruptHandler) { self.handler = handler }

  // MARK: Jobs

  func begin() -> Unit {
    state.withLock { state in
      state.nextNumber += 1
      state.activeCount += 1
      return Unit(number: state.nextNumber)
    }
  }

  /// The job has ended, and what follows from that has begun.
  func end(_ unit: Unit) { leave() }

  /// The job waits for a workflow whose jobs have begun.
  func suspend() { leave() }

  func resume() { state.withLock { $0.activeCount += 1 } }

  private func leave() {
    let asker = state.withLock { state in
      state.activeCount -= 1
      return state.isDue ? state.takeFirst() : nil
    }
    asker?.resume(returning: .ask)
  }

  // MARK: Points

  /// Waits for the answer.
  ///
  /// - Throws: what the handler throws; `cancelled` when the task is cancelled.
  func answer(to point: InterruptPoint, of unit: Unit) async throws(RuntimeError) -> Value {
    while true {
      if Task.isCancelled { throw .cancelled }
      switch await wait(point, unit) {
      case .answered(let value): return value
      case .failed(let error): throw error
      case .ask: continue
      }
    }
  }

  private func wait(_ point: InterruptPoint, _ unit: Unit) async -> Outcome {
    let others = state.withLock { state in
      state.stopped[unit, default: 0] += 1
      return state.allStopped ? state.takeAll() : nil
    }
    defer { state.withLock { $0.leave(unit) } }
    guard let others else { return await waitForOthers(point, unit) }
    // In the order in which the jobs began.
    let position = others.firstIndex { $0.unit.number > unit.number } ?? others.count
    return await ask(point, others.map(\.point), at: position)
  }

  private func waitForOthers(_ point: InterruptPoint, _ unit: Unit) async -> Outcome {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let outcome = state.withLock { state -> Outcome? in
          if Task.isCancelled { return .failed(.cancelled) }
          // The last job that was under way may have ended since.
          if state.allStopped { return .ask }
          state.waiting.append(Entry(point: point, unit: unit, continuation: continuation))
          return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
      }
    } onCancel: {
      let continuation = state.withLock { $0.take(point.id) }
      continuation?.resume(returning: .failed(.cancelled))
    }
  }

  private func ask(_ own: InterruptPoint, _ others: [InterruptPoint], at position: Int) async -> Outcome {
    defer { endAsking() }
    do throws(RuntimeError) {
      var points = others
      points.insert(own, at: position)
      let answers = try await handler.answers(to: points)
      func answer(_ index: Int) -> Outcome { .answered(index < answers.count ? answers[index] : .null) }
      for (index, point) in points.enumerated() where index != position { resolve(point, answer(index)) }
      return answer(position)
    } catch {
      let isOwn = error.code == .cancelled
      for point in others { resolve(point, isOwn ? .ask : .failed(error)) }
      return .failed(error)
    }
  }

  /// What has stopped meanwhile is asked for next.
  private func endAsking() {
    let asker = state.withLock { state in
      state.isAsking = false
      return state.isDue ? state.takeFirst() : nil
    }
    asker?.resume(returning: .ask)
  }

  private func resolve(_ point: InterruptPoint, _ outcome: Outcome) {
    let continuation = state.withLock { $0.take(point.id) }
    continuation?.resume(returning: outcome)
  }
}

// MARK: State

private enum Outcome: Sendable {
  case answered(Value)
  case failed(RuntimeError)
  /// Nobody else asks: the job is to try itself.
  case ask
}

private struct Entry {
  let point: InterruptPoint
  let unit: InterruptBroker.Unit
  let continuation: CheckedContinuation<Outcome, Never>
  /// Whether somebody asks for it now.
  var isAsked = false
}

private struct State {
  var nextNumber = 0
  /// Jobs that are under way, those not counted that wait for a workflow of their own.
  var activeCount = 0
  /// For each job that has stopped, at how many places.
  var stopped: [InterruptBroker.Unit: Int] = [:]
  /// What waits for somebody else to ask, or for the answer.
  var waiting: [Entry] = []
  var isAsking = false

  /// Whether nothing else can happen, and there is somebody nobody asks for.
  var isDue: Bool { allStopped && waiting.contains { !$0.isAsked } }

  /// Whether every job that is under way has stopped, and nobody asks yet.
  var allStopped: Bool { stopped.count >= activeCount && !isAsking }

  /// What the caller asks for beside its own point.
  mutating func takeAll() -> [Entry] {
    isAsking = true
    var entries: [Entry] = []
    for index in waiting.indices where !waiting[index].isAsked {
      waiting[index].isAsked = true
      entries.append(waiting[index])
    }
    // Those of one job stay in the order in which it stopped.
    return entries.enumerated().sorted { ($0.element.unit.number, $0.offset) < ($1.element.unit.number, $1.offset) }
      .map(\.element)
  }

  mutating func takeFirst() -> CheckedContinuation<Outcome, Never>? {
    guard let index = waiting.firstIndex(where: { !$0.isAsked }) else { return nil }
    return waiting.remove(at: index).continuation
  }

  mutating func take(_ id: String) -> CheckedContinuation<Outcome, Never>? {
    guard let index = waiting.firstIndex(where: { $0.point.id == id }) else { return nil }
    return waiting.remove(at: index).continuation
  }

  mutating func leave(_ unit: InterruptBroker.Unit) {
    guard let count = stopped[unit] else { return }
    stopped[unit] = count > 1 ? count - 1 : nil
  }
}
