/// Reaches what URLs name. The runtime knows no network: whoever has one stands behind this protocol.
package protocol ResourceOpener: Sendable {
  /// Begins to read what a URL names.
  ///
  /// - Throws: a `value` error for a URL that cannot be used or a status of 400 and above, and why it cannot be reached.
  func open(url: String) async throws(RuntimeError) -> ResourceReader
}

/// Refuses every URL.
package struct NoResourceOpener: ResourceOpener {
  package init() {}

  package func open(url: String) async throws(RuntimeError) -> ResourceReader {
    throw RuntimeError(.unsupported, "';url' cannot be read here: nothing fetches URLs")
  }
}

/// What a URL names, fetched when it is read.
struct URLSource: ResourceSource {
  let url: String
  let context: ConversionContext

  func open() async throws(RuntimeError) -> ResourceReader {
    guard let path = Self.path(ofFileURL: url) else { return try await context.opener.open(url: url) }
    guard context.allowsFileURLs else {
      throw RuntimeError(.unsupported, "a service does not read files through ';url': ';path' names files")
    }
    return try await FileSource(path: path).open()
  }

  /// The path of `file:///path` or `file:/path`; `nil` for other URLs and other hosts (RFC 8089).
  static func path(ofFileURL url: String) -> String? {
    let scheme = "file:"
    guard url.prefix(scheme.count).lowercased() == scheme else { return nil }
    var rest = url.dropFirst(scheme.count)
    for authority in ["//localhost/", "///"] where rest.hasPrefix(authority) {
      rest = rest.dropFirst(authority.count - 1)
      break
    }
    guard rest.hasPrefix("/"), !rest.hasPrefix("//") else { return nil }
    return String(decoding: percentDecoded(String(rest.prefix { $0 != "?" && $0 != "#" })), as: UTF8.self)
  }
}
