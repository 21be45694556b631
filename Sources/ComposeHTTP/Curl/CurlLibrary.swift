import CCurl
import Glibc

/// The functions of libcurl that we call, found when the first request is sent.
///
/// Linking the library would load some thirty others at every start, for commands that never send anything too.
///
/// The table is `@unchecked Sendable` because its pointers are addresses of code: they are never freed or written.
struct CurlLibrary: @unchecked Sendable {
  typealias Easy = UnsafeMutableRawPointer
  typealias Multi = UnsafeMutableRawPointer
  typealias List = UnsafeMutablePointer<curl_slist>

  let easyInit: @convention(c) () -> Easy?
  let easyCleanup: @convention(c) (Easy) -> Void
  let easyReset: @convention(c) (Easy) -> Void
  let easyPause: @convention(c) (Easy, Int32) -> CURLcode
  let easyStrerror: @convention(c) (CURLcode) -> UnsafePointer<CChar>?
  let multiInit: @convention(c) () -> Multi?
  let multiCleanup: @convention(c) (Multi) -> CURLMcode
  let multiAddHandle: @convention(c) (Multi, Easy) -> CURLMcode
  let multiRemoveHandle: @convention(c) (Multi, Easy) -> CURLMcode
  let multiSocketAction: @convention(c) (Multi, curl_socket_t, Int32, UnsafeMutablePointer<Int32>) -> CURLMcode
  let multiInfoRead: @convention(c) (Multi, UnsafeMutablePointer<Int32>) -> UnsafeMutablePointer<CURLMsg>?
  let listAppend: @convention(c) (List?, UnsafePointer<CChar>) -> List?
  let listFree: @convention(c) (List?) -> Void

  // Variadic: called through the wrappers of CCurl.
  let easySetopt: UnsafeRawPointer
  let easyGetinfo: UnsafeRawPointer
  let multiSetopt: UnsafeRawPointer

  /// The library of this machine, opened on the first call and never closed.
  ///
  /// - Throws: `unavailable`, saying what to install.
  static func load() throws(HTTPError) -> CurlLibrary {
    try shared.get()
  }

  private static let fileName = "libcurl.so.4"
  private static let shared = Result { () throws(HTTPError) in try CurlLibrary(named: fileName) }

  /// Maps the library and all that it needs into memory, and does nothing with it.
  static func map() { _ = dlopen(fileName, RTLD_NOW | RTLD_LOCAL) }

  init(named name: String) throws(HTTPError) {
    guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
      throw HTTPError(
        .unavailable,
        "\(name) was not found: install libcurl4 (Debian, Ubuntu), libcurl (Fedora) or curl (Arch, Alpine)")
    }
    func symbol(_ function: String) throws(HTTPError) -> UnsafeMutableRawPointer {
      guard let address = dlsym(library, function) else {
        throw HTTPError(.unavailable, "\(name) has no function '\(function)': it is too old")
      }
      return address
    }
    func find<Function>(_ function: String) throws(HTTPError) -> Function {
      unsafeBitCast(try symbol(function), to: Function.self)
    }
    easyInit = try find("curl_easy_init")
    easyCleanup = try find("curl_easy_cleanup")
    easyReset = try find("curl_easy_reset")
    easyPause = try find("curl_easy_pause")
    easyStrerror = try find("curl_easy_strerror")
    multiInit = try find("curl_multi_init")
    multiCleanup = try find("curl_multi_cleanup")
    multiAddHandle = try find("curl_multi_add_handle")
    multiRemoveHandle = try find("curl_multi_remove_handle")
    multiSocketAction = try find("curl_multi_socket_action")
    multiInfoRead = try find("curl_multi_info_read")
    listAppend = try find("curl_slist_append")
    listFree = try find("curl_slist_free_all")
    easySetopt = UnsafeRawPointer(try symbol("curl_easy_setopt"))
    easyGetinfo = UnsafeRawPointer(try symbol("curl_easy_getinfo"))
    multiSetopt = UnsafeRawPointer(try symbol("curl_multi_setopt"))

    let initialize: @convention(c) (Int) -> CURLcode = try find("curl_global_init")
    guard initialize(ccurl_global_default) == CURLE_OK else {
      throw HTTPError(.unavailable, "\(name) could not be initialized")
    }
  }

  /// curl's own words for a result.
  func text(_ code: CURLcode) -> String {
    easyStrerror(code).map { String(cString: $0) } ?? "curl error \(code.rawValue)"
  }
}
