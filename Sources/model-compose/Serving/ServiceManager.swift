import Glibc

/// Tells the manager of the system's services how this one is, if there is one that wants to know (sd_notify(3)).
func notifyServiceManager(_ state: String) {
  guard let path = environmentVariable("NOTIFY_SOCKET"), let first = path.first, first == "/" || first == "@" else {
    return
  }
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  // A name that begins with a zero byte stands in no folder (unix(7)).
  let name = first == "@" ? [0] + Array(path.utf8.dropFirst()) : Array(path.utf8)
  guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
  let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
  let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
  guard descriptor >= 0 else { return }
  defer { close(descriptor) }
  let bytes = Array(state.utf8)
  _ = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
      sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), pointer, length)
    }
  }
}
