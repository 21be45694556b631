import CCurl

/// A transfer on its handle, which is made anew for each redirect: what libcurl's callbacks get.
final class ActiveTransfer {
  let transfer: Transfer
  let handle: EasyHandle
  fileprivate unowned let engine: TransferEngine

  init(_ transfer: Transfer, _ engine: TransferEngine, _ library: CurlLibrary) throws(HTTPError) {
    var handle = try EasyHandle(library)
    try handle.configure(transfer.request, origin: transfer.origin)
    self.transfer = transfer
    self.engine = engine
    self.handle = handle
    let user = Unmanaged.passUnretained(self).toOpaque()
    self.handle.set(CURLOPT_PRIVATE, user: user)
    self.handle.set(openSocket: openSocket)
    self.handle.set(CURLOPT_HEADERDATA, user: user)
    self.handle.set(CURLOPT_HEADERFUNCTION, callback: headerLineArrived)
    self.handle.set(CURLOPT_WRITEDATA, user: user)
    self.handle.set(CURLOPT_WRITEFUNCTION, callback: bodyArrived)
  }

  /// The transfer that a handle belongs to.
  static func of(_ easy: CurlLibrary.Easy, _ library: CurlLibrary) -> ActiveTransfer? {
    var user: UnsafeMutableRawPointer?
    _ = ccurl_get_pointer(library.easyGetinfo, easy, CURLINFO_PRIVATE, &user)
    return user.map { Unmanaged<ActiveTransfer>.fromOpaque($0).takeUnretainedValue() }
  }
}

// The callbacks are global functions: a closure could inherit an actor that libcurl's thread is not on.

private func headerLineArrived(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ user: UnsafeMutableRawPointer?
) -> Int {
  guard let user else { return 0 }
  let entry = Unmanaged<ActiveTransfer>.fromOpaque(user).takeUnretainedValue()
  entry.transfer.read(headerLine: UnsafeRawBufferPointer(start: data, count: size * count), now: entry.engine.now)
  entry.engine.note(entry.transfer)
  return size * count
}

private func bodyArrived(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ user: UnsafeMutableRawPointer?
) -> Int {
  guard let user else { return 0 }
  let entry = Unmanaged<ActiveTransfer>.fromOpaque(user).takeUnretainedValue()
  let hadPendingBytes = entry.transfer.hasPendingBytes
  let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
  guard entry.transfer.read(body: bytes, now: entry.engine.now) else { return ccurl_write_pause }
  if !hadPendingBytes, entry.transfer.hasPendingBytes { entry.engine.handOverLater(entry.transfer) }
  return size * count
}

/// A child process must not inherit a connection: it would keep it open after we have closed it.
private func openSocket(
  _ user: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
  address.map { ccurl_open_socket($0) } ?? -1
}
