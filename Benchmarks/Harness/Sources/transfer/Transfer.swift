import ComposeHTTP
import Glibc

/// Moves bytes through the HTTP client and tells what the process took, for `Benchmarks/transfers`:
///
///     transfer download URL BYTES | upload URL BYTES | upload-chunks URL BYTES | exchanges URL COUNT
///
/// `exchanges` asks the server's `/small`, sends to its `/sink`, gives up answers of its `/large`, and fails to send what
/// it has announced, in turn.
@main enum Transfer {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let count = Int(arguments[3]) else {
      print("usage: transfer download|upload|upload-chunks|exchanges URL COUNT")
      exit(2)
    }
    let (url, transport) = (arguments[2], CurlTransport())
    switch arguments[1] {
    case "download":
      let received = try await receive(try await transport.send(HTTPRequest(method: "GET", url: url)))
      try check(received == count, "\(received) bytes came")
    case "upload", "upload-chunks":
      let body = zeros(count, isAnnounced: arguments[1] == "upload")
      let response = try await transport.send(HTTPRequest(method: "POST", url: url, body: body))
      let answer = String(decoding: try await response.body.collect(upTo: 1000), as: UTF8.self)
      try check(answer == "\(count)", "status \(response.status): \(answer)")
    default:
      for number in 0..<100 { try await exchange(number, url, transport) }
      let before = "\(Usage.descriptors) descriptors, \(Usage.threads) threads"
      for number in 0..<count { try await exchange(number, url, transport) }
      print("before \(before)", terminator: "; after ")
    }
    print(
      "\(Usage.peakMegabytes) MB at most, \(Usage.descriptors) descriptors, \(Usage.threads) threads, "
        + "\(Usage.processorTime) s of processor time")
  }

  private static func exchange(_ number: Int, _ url: String, _ transport: CurlTransport) async throws {
    switch number % 5 {
    case 0:
      let response = try await transport.send(HTTPRequest(method: "GET", url: url + "/small"))
      try check(response.status == 200, "status \(response.status)")
      _ = try await receive(response)
    case 1:
      let body = zeros(100_000, isAnnounced: number.isMultiple(of: 2))
      _ = try await receive(try await transport.send(HTTPRequest(method: "POST", url: url + "/sink", body: body)))
    case 2:
      let body = [UInt8](repeating: 0, count: 1000)
      _ = try await receive(try await transport.send(HTTPRequest(method: "POST", url: url + "/sink", body: body)))
    case 3:
      try await transport.send(HTTPRequest(method: "GET", url: url + "/large")).body.cancel()
    default:
      let body = HTTPBody.stream(HTTPBodyStream(length: 10, isRepeatable: false) { zeroReader(5) })
      _ = try? await transport.send(HTTPRequest(method: "POST", url: url + "/sink", body: body))
    }
  }

  private static func receive(_ response: HTTPResponse) async throws -> Int {
    var count = 0
    while let chunk = try await response.body.next() { count += chunk.count }
    return count
  }

  private static func zeros(_ count: Int, isAnnounced: Bool) -> HTTPBody {
    .stream(HTTPBodyStream(length: isAnnounced ? count : nil, isRepeatable: true) { zeroReader(count) })
  }

  private static func zeroReader(_ count: Int) -> HTTPBodyReader {
    let (stream, writer) = ByteStream.pipe()
    let task = Task {
      var rest = count
      while rest > 0 {
        try await writer.write([UInt8](repeating: 0, count: min(rest, 64 * 1024)))
        rest -= min(rest, 64 * 1024)
      }
      writer.finish()
    }
    return HTTPBodyReader(
      next: { () throws(HTTPError) in try await stream.next() },
      cancel: {
        task.cancel()
        stream.cancel()
      })
  }

  private static func check(_ isRight: Bool, _ message: String) throws {
    if !isRight { throw HTTPError(.malformed, message) }
  }
}

/// What the process takes.
private enum Usage {
  static var descriptors: Int { names(in: "/proc/self/fd") }
  static var threads: Int { names(in: "/proc/self/task") }

  static var peakMegabytes: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }

  /// In seconds, with a tenth.
  static var processorTime: String {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return "\(time.tv_sec).\(time.tv_nsec / 100_000_000)"
  }

  private static func names(in folder: String) -> Int {
    guard let directory = opendir(folder) else { return 0 }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count
  }
}
