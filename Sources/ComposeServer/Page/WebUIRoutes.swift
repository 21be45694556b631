import Hummingbird
import NIOCore

/// The files of the web page as answers.
enum WebUIRoutes {
  /// The paths there are.
  static var paths: Set<String> { Set(WebAssets.all.map(\.path)) }

  static func response(for path: String) -> Response {
    guard let asset = WebAssets.asset(at: path) else { return ErrorAnswer.notFound.response }
    return Response(
      status: .ok,
      headers: [
        .contentType: asset.contentType,
        .cacheControl: "no-cache",
        .contentSecurityPolicy: WebAssets.contentSecurityPolicy,
        .referrerPolicy: "no-referrer",
      ],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
  }
}
