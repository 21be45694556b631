/// Handles between two transfers. Making one, and the buffers that come with it, costs more than a small request.
///
/// Nothing of a transfer stays in a handle that waits here (curl_easy_reset(3)). Only the loop's thread comes here.
final class EasyHandles {
  /// How many wait at most, so that one busy hour is not paid for in memory ever after.
  private static let idleLimit = 64

  private let library: CurlLibrary
  private var idle: [CurlLibrary.Easy] = []

  init(_ library: CurlLibrary) { self.library = library }

  deinit {
    for handle in idle { library.easyCleanup(handle) }
  }

  /// - Throws: `unavailable` when there is no memory for another one.
  func take() throws(HTTPError) -> CurlLibrary.Easy {
    guard let handle = idle.popLast() ?? library.easyInit() else {
      throw HTTPError(.unavailable, "libcurl could not make another handle: out of memory")
    }
    return handle
  }

  /// - Parameter handle: one that has left its multi handle.
  func giveBack(_ handle: CurlLibrary.Easy) {
    guard idle.count < Self.idleLimit else { return library.easyCleanup(handle) }
    library.easyReset(handle)
    idle.append(handle)
  }
}
