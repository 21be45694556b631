import ComposeHTTP
import Glibc

/// One connection to a ``StubProvider``: reads requests and answers them in turn, on the thread that calls it.
struct StubConnection: ~Copyable {
  /// Why a connection ends.
  enum End: Error {
    /// The client is gone, or what it sends is not HTTP.
    case peer
    /// The stub is stopped, or the scenario wants it so.
    case ours
  }

  let core: StubCore
  let number: Int
  private let socket: Int32
  private let waker = WakePipe()
  private var input: [UInt8] = []

  init(socket: Int32, number: Int, core: StubCore) {
    self.socket = socket
    self.number = number
    self.core = core
  }

  deinit { close(socket) }

  /// Serves until either side ends.
  mutating func serve() {
    core.add(waker, number)
    defer { core.remove(number) }
    do throws(End) {
      while true {
        let request = try readRequest()
        let (number, scenario) = note(request)
        do throws(End) {
          try answer(request, number, scenario)
        } catch {
          if error == .peer { noteAbort(of: number) }
          return
        }
        core.record.update { _ = $0.answered.insert(number) }
        if request.header("connection")?.lowercased() == "close" { return }
      }
    } catch {}
  }

  private func note(_ request: RecordedRequest) -> (number: Int, scenario: Scenario) {
    let number = core.record.update { record in
      record.requests.append(request)
      return record.requests.count
    }
    return (number, core.choose(number, request))
  }

  private func noteAbort(of request: Int) {
    let time = monotonicNanoseconds()
    core.record.update { record in
      let chunks = record.chunks[request]?.count ?? 0
      record.aborts.append(RecordedAbort(request: request, time: time, chunks: chunks))
    }
  }

  // MARK: Waiting and writing

  /// Waits until the condition holds or the time (monotonic nanoseconds) has come; fails at once when the client
  /// hangs up, without a need to write.
  mutating func wait(
    until deadline: UInt64? = nil, or isFulfilled: (StubCore.Record) -> Bool = { _ in false }
  ) throws(End) {
    while true {
      let record = core.record.value
      if record.isStopped { throw .ours }
      if isFulfilled(record) { return }
      let now = monotonicNanoseconds()
      if let deadline, now >= deadline { return }
      // Rounded up, or the last millisecond would be spent in a busy loop.
      let milliseconds = deadline.map { Int32(clamping: ($0 - now + 999_999) / 1_000_000) } ?? -1
      try pause(events: pollHangUp | (input.isEmpty ? POLLIN : 0), milliseconds: milliseconds)
    }
  }

  /// Fails when the client has hung up; with `POLLOUT` it also returns when there is room to write.
  private mutating func pause(events: Int32, milliseconds: Int32) throws(End) {
    var polled = [pollfd(socket, events), pollfd(waker.reader)]
    let count = poll(&polled, 2, milliseconds)
    if count < 0, errno != EINTR { throw .peer }
    waker.drain()
    let found = Int32(polled[0].revents)
    if found & (pollHangUp | POLLHUP | POLLERR) != 0 { throw .peer }
    // The next request, sent ahead; once it is in the buffer, input is no longer asked for.
    if found & POLLIN != 0 { try receive() }
  }

  mutating func send(_ bytes: [UInt8]) throws(End) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        if core.record.value.isStopped { throw .ours }
        try pause(events: POLLOUT | pollHangUp, milliseconds: -1)
      } else if errno != EINTR {
        throw .peer
      }
    }
  }

  /// Makes the closing of the socket a reset.
  func makeCloseReset() {
    var value = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
  }

  // MARK: Reading (RFC 9112)

  private mutating func readRequest() throws(End) -> RecordedRequest {
    let lines = try readHead()
    let start = lines[0].split(separator: " ")
    guard start.count == 3 else { throw .peer }
    var headers: [HTTPField] = []
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { throw .peer }
      let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
      let trimmed = String(value.reversed().drop(while: \.isWhitespace).reversed())
      headers.append(HTTPField(String(line[..<colon]), trimmed))
    }
    func header(_ name: String) -> String? { headers.last { $0.name.lowercased() == name }?.value }
    if header("expect")?.lowercased() == "100-continue" { try send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
    var body: [UInt8] = []
    if header("transfer-encoding")?.lowercased() == "chunked" {
      while true {
        let size = try readLine().prefix { $0 != ";" }
        guard let count = Int(size, radix: 16) else { throw .peer }
        if count == 0 { break }
        body += try take(count)
        _ = try readLine()
      }
      while try !readLine().isEmpty {}
    } else if let length = header("content-length").flatMap({ Int($0) }) {
      body = try take(length)
    }
    return RecordedRequest(
      method: String(start[0]), path: String(start[1]), headers: headers, body: body, connection: number,
      time: monotonicNanoseconds())
  }

  private mutating func readHead() throws(End) -> [String] {
    var lines: [String] = []
    while true {
      let line = try readLine()
      if !line.isEmpty {
        lines.append(line)
      } else if !lines.isEmpty {
        return lines
      }
    }
  }

  private mutating func readLine() throws(End) -> String {
    var scanned = 0
    while true {
      if let end = input[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = input[..<end].last == UInt8(ascii: "\r") ? input[..<(end - 1)] : input[..<end]
        let text = String(decoding: line, as: UTF8.self)
        input.removeFirst(end + 1)
        return text
      }
      scanned = input.count
      try fill()
    }
  }

  private mutating func take(_ count: Int) throws(End) -> [UInt8] {
    while input.count < count { try fill() }
    let bytes = Array(input[..<count])
    input.removeFirst(count)
    return bytes
  }

  /// Waits for more input.
  private mutating func fill() throws(End) {
    let before = input.count
    while input.count == before {
      if core.record.value.isStopped { throw .ours }
      var polled = [pollfd(socket), pollfd(waker.reader)]
      _ = poll(&polled, 2, -1)
      waker.drain()
      if polled[0].revents != 0 { try receive() }
    }
  }

  private mutating func receive() throws(End) {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &bytes, bytes.count, 0)
    if count > 0 {
      input += bytes[..<count]
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      throw .peer
    }
  }
}
