import CCurl

/// One curl handle: given back when it goes out of scope. It must have left its multi handle by then.
struct EasyHandle: ~Copyable {
  let pointer: CurlLibrary.Easy
  private let library: CurlLibrary
  private let handles: EasyHandles
  private var headers: CurlLibrary.List?
  /// Where libcurl writes what went wrong.
  private let message: UnsafeMutablePointer<CChar>

  init(_ library: CurlLibrary, from handles: EasyHandles) throws(HTTPError) {
    pointer = try handles.take()
    self.library = library
    self.handles = handles
    message = .allocate(capacity: Int(CURL_ERROR_SIZE))
    message.pointee = 0
    _ = ccurl_set_pointer(library.easySetopt, pointer, CURLOPT_ERRORBUFFER, message)
  }

  deinit {
    handles.giveBack(pointer)
    library.listFree(headers)
    message.deallocate()
  }

  /// An option that an older libcurl does not know is left as it is.
  func set(_ option: CURLoption, _ value: Int) {
    _ = ccurl_set_long(library.easySetopt, pointer, option, value)
  }

  /// libcurl copies the text.
  func set(_ option: CURLoption, _ value: String) {
    _ = ccurl_set_string(library.easySetopt, pointer, option, value)
  }

  func set(_ option: CURLoption, user: UnsafeMutableRawPointer) {
    _ = ccurl_set_pointer(library.easySetopt, pointer, option, user)
  }

  func set(_ option: CURLoption, callback: @escaping ccurl_data_callback) {
    _ = ccurl_set_data_callback(library.easySetopt, pointer, option, callback)
  }

  func set(_ option: CURLoption, offset: Int) {
    _ = ccurl_set_offset(library.easySetopt, pointer, option, curl_off_t(offset))
  }

  func set(seek callback: @escaping ccurl_seek_callback) {
    _ = ccurl_set_seek_callback(library.easySetopt, pointer, callback)
  }

  func set(request callback: @escaping ccurl_request_callback) {
    _ = ccurl_set_request_callback(library.easySetopt, pointer, callback)
  }

  func set(openSocket callback: @escaping ccurl_open_socket_callback) {
    _ = ccurl_set_open_socket_callback(library.easySetopt, pointer, callback)
  }

  /// libcurl copies the bytes.
  func set(body: [UInt8]) {
    set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
    // A null pointer would mean "ask the read callback", so an empty body still needs an address.
    let bytes = body.isEmpty ? [0] : body
    bytes.withUnsafeBytes { _ = ccurl_set_pointer(library.easySetopt, pointer, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
  }

  /// Lines in curl's own syntax; the list lives as long as the handle.
  mutating func set(headerLines: [String]) throws(HTTPError) {
    for line in headerLines {
      guard let longer = library.listAppend(headers, line) else {
        throw HTTPError(.unavailable, "libcurl could not keep the headers: out of memory")
      }
      headers = longer
    }
    _ = ccurl_set_list(library.easySetopt, pointer, CURLOPT_HTTPHEADER, headers)
  }

  /// Which directions rest: a combination of libcurl's bits, none for "go on".
  func pause(_ directions: Int32) {
    _ = library.easyPause(pointer, directions)
  }

  /// curl's words for what went wrong, more exact than those for its result.
  var problem: String? {
    message.pointee == 0 ? nil : String(cString: message)
  }

  /// A fact about the transfer; 0 if libcurl does not know it.
  func number(_ fact: CURLINFO) -> Int {
    var value = 0
    _ = ccurl_get_long(library.easyGetinfo, pointer, fact, &value)
    return value
  }

  /// Where a redirect that we did not follow leads, made absolute.
  var redirectURL: String? {
    var text: UnsafePointer<CChar>?
    _ = ccurl_get_string(library.easyGetinfo, pointer, CURLINFO_REDIRECT_URL, &text)
    return text.map { String(cString: $0) }
  }
}
