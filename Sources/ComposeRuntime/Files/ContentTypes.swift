import Glibc

/// Tells the content type of a file by its name, as Python's `mimetypes.guess_type` does: by its own table, and by the
/// files in which machines and web servers keep theirs.
package struct ContentTypes: Sendable {
  private let byEnding: [String: String]

  /// Those of this machine, read once.
  package static let ofThisMachine = ContentTypes(files: [
    "/etc/mime.types", "/etc/httpd/mime.types", "/etc/httpd/conf/mime.types", "/etc/apache/mime.types",
    "/etc/apache2/mime.types", "/usr/local/etc/httpd/conf/mime.types", "/usr/local/lib/netscape/mime.types",
    "/usr/local/etc/mime.types",
  ])

  /// - Parameter files: in the format of `mime.types`; the later wins. One that is not there says nothing.
  package init(files: [String] = []) {
    var byEnding: [String: String] = [:]
    for line in Self.builtIn.split(separator: "\n") {
      let words = line.split(separator: ":", maxSplits: 1)
      for ending in words[1].split(separator: " ") { byEnding[String(ending)] = String(words[0]) }
    }
    for file in files {
      guard let text = Self.read(file) else { continue }
      for line in text.split(whereSeparator: \.isNewline) {
        let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
        for ending in words.dropFirst() { byEnding[String(ending)] = String(words[0]) }
      }
    }
    self.byEnding = byEnding
  }

  /// The content type of a path; `nil` when its ending is not known. A compressed file has that of what is in it.
  package func type(of path: String) -> String? {
    var name = path[...]
    // A path with a colon is read as a URL, in the reference as well.
    if let colon = name.firstIndex(of: ":"), colon > name.startIndex, !name[..<colon].contains("/") {
      let scheme = name[..<colon].lowercased()
      name = name[name.index(after: colon)...]
      if scheme == "data" { return Self.type(ofDataURL: name) }
    }
    var (base, ending) = Self.split(String(name))
    while let longer = Self.longEndings[ending.lowercased()] { (base, ending) = Self.split(base + "." + longer) }
    if Self.compressions.contains(ending) { (_, ending) = Self.split(base) }
    return byEnding[ending.lowercased()]
  }

  private static let longEndings = [
    "svgz": "svg.gz", "tgz": "tar.gz", "taz": "tar.gz", "tz": "tar.gz", "tbz2": "tar.bz2", "txz": "tar.xz",
  ]

  private static let compressions: Set<String> = ["gz", "Z", "bz2", "xz", "br"]

  /// What is before the last point of the name, and what is behind it. Points at its beginning are part of the name.
  private static func split(_ path: String) -> (base: String, ending: String) {
    let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    guard let point = path[start...].lastIndex(of: "."), path[start..<point].contains(where: { $0 != "." }) else {
      return (path, "")
    }
    return (String(path[..<point]), String(path[path.index(after: point)...]))
  }

  private static func type(ofDataURL url: Substring) -> String? {
    guard let comma = url.firstIndex(of: ",") else { return nil }
    let type = url[..<(url[..<comma].firstIndex(of: ";") ?? comma)]
    return type.contains("=") || !type.contains("/") ? "text/plain" : String(type)
  }

  private static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    let file = Descriptor(descriptor)
    guard let status = file.status, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var bytes: [UInt8] = []
    while case .success(let piece?) = file.read() { bytes += piece }
    return String(decoding: bytes, as: UTF8.self)
  }
}
