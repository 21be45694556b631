import Glibc
import Synchronization

/// What the threads of a ``StubProvider`` share.
final class StubCore: Sendable {
  struct Record: Sendable {
    var requests: [RecordedRequest] = []
    var chunks: [Int: [UInt64]] = [:]
    var answered: Set<Int> = []
    var aborts: [RecordedAbort] = []

    var released: [Int: Int] = [:]
    var isOpen = false
    var isStopped = false
    /// The writing ends of the pipes that wake the connections, and of the listener's.
    var wakers: [Int: Int32] = [:]
    var connections = 0

    var summary: String {
      if requests.isEmpty { return "no request, \(connections) connections" }
      return requests.indices.map { index in
        let number = index + 1
        let state =
          answered.contains(number) ? "answered" : aborts.contains { $0.request == number } ? "aborted" : "open"
        return "request \(number) \(requests[index].method) \(requests[index].path): "
          + "\(chunks[number]?.count ?? 0) chunks, \(state)"
      }
      .joined(separator: "; ")
    }
  }

  let record = Watched(Record())
  let choose: @Sendable (Int, RecordedRequest) -> Scenario

  init(choose: @escaping @Sendable (Int, RecordedRequest) -> Scenario) { self.choose = choose }

  /// Changes the record and wakes all connections, so that they look at their gates again.
  func change(_ change: @escaping @Sendable (inout Record) -> Void) {
    record.update { record in
      change(&record)
      // Under the lock, so that none of the descriptors can be closed in between.
      for waker in record.wakers.values { _ = write(waker, [1], 1) }
    }
  }

  func stop() { change { $0.isStopped = true } }

  /// Serves a listening socket until ``stop()``; blocks.
  func accept(_ listener: Int32) {
    let waker = WakePipe()
    add(waker, 0)
    defer {
      remove(0)
      close(listener)
    }
    while !record.value.isStopped {
      var polled = [pollfd(listener), pollfd(waker.reader)]
      _ = poll(&polled, 2, -1)
      waker.drain()
      let socket = descriptorLock.withLock { _ in
        let socket = Glibc.accept(listener, nil, nil)
        if socket >= 0 { makePrivate(socket) }
        return socket
      }
      if socket < 0 { continue }
      setOption(socket, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
      let number = record.update { record in
        record.connections += 1
        return record.connections
      }
      runOnOwnThread {
        var connection = StubConnection(socket: socket, number: number, core: self)
        connection.serve()
      }
    }
  }

  func add(_ waker: borrowing WakePipe, _ id: Int) {
    let writer = waker.writer
    record.update { $0.wakers[id] = writer }
  }

  func remove(_ id: Int) { record.update { $0.wakers[id] = nil } }
}

/// A pipe that ends the `poll` of another thread.
struct WakePipe: ~Copyable {
  let reader: Int32
  let writer: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    descriptorLock.withLock { _ in
      precondition(pipe(&ends) == 0, "cannot make a pipe")
      for end in ends { makePrivate(end) }
    }
    reader = ends[0]
    writer = ends[1]
  }

  deinit {
    close(reader)
    close(writer)
  }

  func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(reader, &bytes, bytes.count) > 0 {}
  }
}
