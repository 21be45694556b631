import Foundation
import Glibc
import Synchronization

/// A server on a free loopback port; each connection runs the handler on a thread of its own, where it may block.
final class TestServer: Sendable {
  let port: UInt16
  private let listener: Int32
  private let shared = Mutex(Shared())

  private struct Shared {
    var accepted = 0
  }

  init(_ handler: @escaping @Sendable (TestConnection) -> Void) throws {
    (listener, port) = try bindLoopback()
    guard listen(listener, 256) == 0 else { throw SocketFailure() }
    let listener = listener
    Thread.detachNewThread { [weak self] in
      while true {
        let socket = accept(listener, nil, nil)
        guard socket >= 0, let server = self else {
          if socket >= 0 { close(socket) }
          break
        }
        server.serve(socket, handler)
      }
      close(listener)
    }
  }

  deinit {
    // Wakes the blocked threads; each closes what it owns.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  /// A server that answers each request of a connection until the client leaves.
  static func answering(_ answer: @escaping @Sendable (TestRequest) -> String) throws -> TestServer {
    try TestServer { connection in
      while let request = connection.readRequest() { connection.send(answer(request)) }
    }
  }

  var acceptedConnections: Int { shared.withLock { $0.accepted } }

  func url(_ path: String = "/", host: String = "127.0.0.1") -> String { "http://\(host):\(port)\(path)" }

  private func serve(_ socket: Int32, _ handler: @escaping @Sendable (TestConnection) -> Void) {
    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
    shared.withLock { $0.accepted += 1 }
    Thread.detachNewThread {
      handler(TestConnection(socket))
      close(socket)
    }
  }
}

struct SocketFailure: Error {
  let code = errno
}

struct TestRequest {
  let method: String
  let path: String
  let headerLines: [String]
  let body: [UInt8]

  func header(_ name: String) -> String? {
    headerLines.first { $0.lowercased().hasPrefix(name + ":") }
      .map { String($0.dropFirst(name.count + 1)).trimmingCharacters(in: .whitespaces) }
  }
}

/// The server's end of one connection. All calls block.
struct TestConnection {
  let socket: Int32

  init(_ socket: Int32) {
    self.socket = socket
  }

  /// `nil` once the client has left.
  func readRequest(readsBody: Bool = true) -> TestRequest? {
    var bytes: [UInt8] = []
    let separator = Array("\r\n\r\n".utf8)
    while !bytes.suffix(4).elementsEqual(separator) {
      var byte: UInt8 = 0
      guard recv(socket, &byte, 1, 0) == 1 else { return nil }
      bytes.append(byte)
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").map(String.init)
    let words = lines[0].split(separator: " ").map(String.init)
    let head = TestRequest(method: words[0], path: words[1], headerLines: Array(lines.dropFirst()), body: [])
    if !readsBody { return head }
    if head.header("expect") == "100-continue" { send("HTTP/1.1 100 Continue\r\n\r\n") }
    guard
      let body = head.header("transfer-encoding") == "chunked"
        ? readChunks() : read(head.header("content-length").flatMap(Int.init) ?? 0)
    else { return nil }
    return TestRequest(method: head.method, path: head.path, headerLines: head.headerLines, body: body)
  }

  /// So many bytes, or `nil` if the client leaves before.
  func read(_ length: Int) -> [UInt8]? {
    var body = [UInt8](repeating: 0, count: length)
    var count = 0
    while count < length {
      let received = body.withUnsafeMutableBytes { recv(socket, $0.baseAddress! + count, length - count, 0) }
      guard received > 0 else { return nil }
      count += received
    }
    return body
  }

  private func readChunks() -> [UInt8]? {
    var body: [UInt8] = []
    while true {
      var digits = ""
      while let byte = read(1)?.first, byte != 0x0A {
        if byte != 0x0D { digits.unicodeScalars.append(Unicode.Scalar(byte)) }
      }
      guard let count = Int(digits, radix: 16), let chunk = read(count), read(2) != nil else { return nil }
      if count == 0 { return body }
      body += chunk
    }
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Sends one chunk of a chunked body.
  @discardableResult
  func sendChunk(_ text: String) -> Bool {
    send(String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n")
  }

  /// Whether the client takes nothing for this long.
  func isStalled(milliseconds: Int32) -> Bool {
    var descriptor = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
    return poll(&descriptor, 1, milliseconds) == 0
  }

  /// Waits so long for the client to close the connection, and tells whether it has. For clients that send nothing.
  func isClosed(within milliseconds: Int32) -> Bool {
    var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, milliseconds) > 0
  }

  /// Closes both directions.
  func hangUp() {
    shutdown(socket, Int32(SHUT_RDWR))
  }

  /// Blocks until the client has closed the connection.
  func waitForClose() {
    var bytes = [UInt8](repeating: 0, count: 64 * 1024)
    while recv(socket, &bytes, bytes.count, 0) > 0 {}
  }
}

let chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

func plainAnswer(_ body: String, status: String = "200 OK", headers: [String] = []) -> String {
  let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
  return lines.joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// A socket on a free port that nobody listens on yet.
func bindLoopback() throws -> (socket: Int32, port: UInt16) {
  let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  guard socket >= 0 else { throw SocketFailure() }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let result = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
      bind(socket, generic, length) == 0 && getsockname(socket, generic, &length) == 0
    }
  }
  guard result else {
    close(socket)
    throw SocketFailure()
  }
  return (socket, UInt16(bigEndian: address.sin_port))
}

/// The port at the other end of a connection, 0 if there is none.
func peerPort(of socket: Int32) -> UInt16 {
  var address = sockaddr_in()
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  _ = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(socket, $0, &length) }
  }
  return UInt16(bigEndian: address.sin_port)
}
