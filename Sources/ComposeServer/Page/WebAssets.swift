import CWebAssets

/// The files of the web page, which are part of the program.
package enum WebAssets {
  /// One file and how it is served.
  ///
  /// Not `Sendable`, because raw pointers are not: look it up where it is used.
  package struct Asset {
    /// The path of the request it answers, such as `/app.js`; the page itself is `/`.
    package let path: String
    /// The value of the `Content-Type` header.
    package let contentType: String
    /// The file. Valid for the life of the program.
    package let bytes: UnsafeRawBufferPointer
  }

  /// All files, in the order of their names.
  package static var all: [Asset] {
    UnsafeBufferPointer(start: web_assets(), count: web_asset_count()).map { file in
      let name = String(cString: file.name)
      return Asset(
        path: name == "index.html" ? "/" : "/" + name,
        contentType: contentType(of: name),
        bytes: UnsafeRawBufferPointer(start: file.bytes, count: file.length)
      )
    }
  }

  /// The file that answers a request, or nil when there is none at this path.
  ///
  /// - Parameter path: The path of the request without its query.
  package static func asset(at path: String) -> Asset? {
    all.first { $0.path == path }
  }

  /// The header that keeps the page to its own files: no inline code, no other origin, no frame around it.
  /// Pictures, sounds and films of a result are in the page already: as bytes, or as part of its text.
  package static let contentSecurityPolicy =
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: data:; "
    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"

  // Browsers refuse a module script under any type but JavaScript's, so a new kind of file needs its line here.
  private static func contentType(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "css": "text/css; charset=utf-8"
    case "html": "text/html; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    default: "application/octet-stream"
    }
  }
}
