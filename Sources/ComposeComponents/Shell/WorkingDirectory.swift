/// Where a command runs: `working_dir` from `base_dir`, as Python's `os.path` puts the two together.
struct WorkingDirectory {
  /// `nil` for the folder of this process.
  let path: String?

  /// - Parameters:
  ///   - path: an empty one counts as none.
  ///   - home: what a leading `~` stands for.
  init(base: String?, path: String?, home: String?) {
    let base = base.flatMap { $0.isEmpty ? nil : $0 }
    guard var path, !path.isEmpty else {
      self.path = base
      return
    }
    if path == "~" || path.hasPrefix("~/"), let home {
      path = (home.hasSuffix("/") ? String(home.dropLast()) : home) + path.dropFirst()
      if path.isEmpty { path = "/" }
    }
    if let base, !path.hasPrefix("/") { path = base.hasSuffix("/") ? base + path : "\(base)/\(path)" }
    self.path = Self.normalized(path)
  }

  /// Without `.`, `..` and doubled slashes; symbolic links are not looked at.
  private static func normalized(_ path: String) -> String {
    let isAbsolute = path.hasPrefix("/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
  }
}
