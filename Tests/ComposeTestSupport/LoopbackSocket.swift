import Glibc
import Synchronization

/// Held while a descriptor is made in two steps, and while a program is started: otherwise a program of another test
/// could inherit the descriptor before it is closed on exec, and keep a pipe or a connection open.
let descriptorLock = Mutex(())

/// A listening socket on a loopback port that the system chooses.
func listenOnLoopback() throws(TestSupportError) -> (socket: Int32, port: Int) {
  let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
  let descriptor = socket(AF_INET, type, 0)
  guard descriptor >= 0 else { throw systemFailure("cannot make a socket") }
  var address = loopbackAddress(port: 0)
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let status = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
      bind(descriptor, pointer, length) | listen(descriptor, 128) | getsockname(descriptor, pointer, &length)
    }
  }
  guard status == 0 else {
    let failure = systemFailure("cannot listen on a loopback port")
    close(descriptor)
    throw failure
  }
  return (descriptor, Int(in_port_t(bigEndian: address.sin_port)))
}

/// A blocking connection to a loopback port. The caller closes it, and must not use it in a task.
package func connectToLoopback(port: Int) throws(TestSupportError) -> Int32 {
  let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
  guard descriptor >= 0 else { throw systemFailure("cannot make a socket") }
  var address = loopbackAddress(port: port)
  let length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let status = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
  }
  guard status == 0 else {
    let failure = systemFailure("cannot connect to port \(port)")
    close(descriptor)
    throw failure
  }
  return descriptor
}

/// Makes an inherited or accepted descriptor private to this process and never blocking.
func makePrivate(_ descriptor: Int32) {
  _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL, 0) | O_NONBLOCK)
}

func setOption(_ socket: Int32, _ level: Int32, _ name: Int32, _ value: Int32) {
  var value = value
  setsockopt(socket, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
}

/// `POLLRDHUP` of Linux: the peer has ended its side. Glibc hides it unless `_GNU_SOURCE` is defined.
let pollHangUp: Int32 = 0x2000

/// For input, and for the peer's hanging up.
func pollfd(_ descriptor: Int32, _ events: Int32 = POLLIN) -> pollfd {
  Glibc.pollfd(fd: descriptor, events: Int16(events), revents: 0)
}

func systemFailure(_ what: String) -> TestSupportError {
  TestSupportError("\(what): \(String(cString: strerror(errno)))")
}

private func loopbackAddress(port: Int) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = in_port_t(port).bigEndian
  address.sin_addr = in_addr(s_addr: in_addr_t(INADDR_LOOPBACK).bigEndian)
  return address
}
