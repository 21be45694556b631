import CCurl

/// One curl handle: released when it goes out of scope. It must have left its multi handle by then.
struct EasyHandle: ~Copyable {
  let pointer: CurlLibrary.Easy
  private let library: CurlLibrary
  private var headers: CurlLibrary.List?

  init(_ library: CurlLibrary) throws(HTTPError) {
    guard let pointer = library.easyInit() else {
      throw HTTPError(.unavailable, "libcurl could not make another handle: out of memory")
    }
    self.pointer = pointer
    self.library = library
  }

  deinit {
    library.easyCleanup(pointer)
    library.listFree(headers)
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

  func set(openSocket callback: @escaping ccurl_open_socket_callback) {
    _ = ccurl_set_open_socket_callback(library.easySetopt, pointer, callback)
  }

  /// libcurl copies the bytes.
  func set(body: [UInt8]) {
    _ = ccurl_set_offset(library.easySetopt, pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
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

  /// Where a redirect that we did not follow leads, made absolute.
  var redirectURL: String? {
    var text: UnsafePointer<CChar>?
    _ = ccurl_get_string(library.easyGetinfo, pointer, CURLINFO_REDIRECT_URL, &text)
    return text.map { String(cString: $0) }
  }
}
