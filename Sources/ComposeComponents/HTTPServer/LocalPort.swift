import Glibc

/// A port of this machine.
struct LocalPort: Sendable {
  let number: UInt16

  /// Whether somebody accepts connections, on either loopback address. It does not wait: on the loopback the answer is
  /// there at once, and a queue that is full is no answer.
  var answers: Bool { answersV4 || answersV6 }

  private var answersV4: Bool {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = number.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return Self.connects(AF_INET, address)
  }

  private var answersV6: Bool {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = number.bigEndian
    address.sin6_addr = in6addr_loopback
    return Self.connects(AF_INET6, address)
  }

  private static func connects<Address>(_ family: Int32, _ address: Address) -> Bool {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(family, type, 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let status = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
      }
    }
    if status == 0 { return true }
    guard errno == EINPROGRESS else { return false }
    // The handshake on the loopback is done as soon as the call above has let go of the socket.
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&entry, 1, 0) == 1 else { return false }
    var failure: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 && failure == 0
  }
}
