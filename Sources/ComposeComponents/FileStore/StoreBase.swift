import ComposeRuntime
import Glibc

/// The folder of a store as text: where it is, and which paths are in it.
struct StoreBase: Sendable {
  /// Absolute, without `.`, `..` and a slash at the end.
  let path: String

  /// - Parameter declared: `base_path`; the current folder when it is not written. `~` is the home folder.
  init(_ declared: String?) {
    let current = getcwd(nil, 0)
    defer { free(current) }
    let working = current.map { String(cString: $0) } ?? "/"
    path = Self.normalized(Self.joined(working, declared.map(Self.withHome) ?? ""))
  }

  /// The parts of a path below the folder. An absolute path is one below it, too, if it begins with the folder.
  ///
  /// `..` takes away the part before it, as text: whether that is a link does not matter, in the reference as well.
  func names(of relative: String) throws(FileFault) -> [[UInt8]] {
    if relative.utf8.contains(0) { throw .nul }
    let absolute = Self.normalized(Self.joined(path, relative))
    if absolute == path { return [] }
    let prefix = path == "/" ? "/" : path + "/"
    guard absolute.utf8.starts(with: prefix.utf8) else { throw .outside }
    return Array(absolute.utf8.dropFirst(prefix.utf8.count)).parts
  }

  /// The address of a file (RFC 8089).
  func url(_ names: [[UInt8]]) -> String {
    var url = "file://" + Self.escaped(Array(path.utf8))
    if names.isEmpty { return url }
    if path == "/" { url.removeLast() }
    for name in names { url += "/" + Self.escaped(name) }
    return url
  }

  /// Python's `os.path.join` of two.
  static func joined(_ base: String, _ path: String) -> String {
    if path.utf8.first == UInt8(ascii: "/") { return path }
    return base.isEmpty || base.utf8.last == UInt8(ascii: "/") ? base + path : base + "/" + path
  }

  /// Python's `os.path.normpath` of an absolute path.
  private static func normalized(_ path: String) -> String {
    var parts: [Substring.UTF8View] = []
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
      if part.elementsEqual("..".utf8) {
        _ = parts.popLast()
      } else if !part.elementsEqual(".".utf8) {
        parts.append(part)
      }
    }
    // Two slashes at the beginning have a meaning of their own (POSIX, section 4.13).
    let start = path.utf8.starts(with: "//".utf8) && !path.utf8.starts(with: "///".utf8) ? "//" : "/"
    return start + parts.map { String(Substring($0)) }.joined(separator: "/")
  }

  private static func withHome(_ path: String) -> String {
    guard path.utf8.first == UInt8(ascii: "~") else { return path }
    let user = path.dropFirst().prefix { $0 != "/" }
    let rest = path.dropFirst(1 + user.count)
    var home: String?
    if user.isEmpty, let variable = getenv("HOME") {
      home = String(cString: variable)
    } else if let entry = user.isEmpty ? getpwuid(getuid()) : getpwnam(String(user)) {
      home = entry.pointee.pw_dir.map { String(cString: $0) }
    }
    guard var home else { return path }
    while home.utf8.last == UInt8(ascii: "/") { home.removeLast() }
    return home.isEmpty && rest.isEmpty ? "/" : home + rest
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    var text = ""
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return text
  }
}
