import ComposeBasic
import ComposeSyntax

/// Where an HTTP request goes, as far as the file says it.
package struct RequestAddress: Hashable, Sendable {
  /// In lower case: `https`.
  package let scheme: String?
  /// In lower case, without user, port or brackets.
  package let host: String?
  /// The path, or its end when the beginning is not known; without the query.
  package let path: String?

  /// The address of an action with an `endpoint`, or a `path` behind the component's `base_url`. Only fields of that name
  /// are looked at, so that a component of another type with the same fields is recognised too.
  init(_ component: ComponentDecl, _ action: ActionDecl) {
    if let endpoint = action.fields["endpoint"] {
      self.init(ends: KnownEnds(endpoint))
      return
    }
    let base = component.fields["base_url"].map { KnownEnds($0) } ?? KnownEnds(start: "", end: "", isWhole: true)
    let path = action.fields["path"].map { KnownEnds($0) } ?? KnownEnds(start: "", end: "", isWhole: true)
    guard !path.isEmpty else {
      self.init(ends: base)
      return
    }
    // The API's path may be cut anywhere between the two.
    let separator = base.end.hasSuffix("/") || path.start.hasPrefix("/") ? "" : "/"
    self.init(
      ends: KnownEnds(
        start: base.isWhole ? base.start + separator + path.start : base.start,
        end: path.isWhole ? base.end + separator + path.end : path.end,
        isWhole: base.isWhole && path.isWhole))
  }

  /// The address of a whole URL, or of a path alone.
  package init(url: String) { self.init(ends: KnownEnds(start: url, end: url, isWhole: true)) }

  private init(ends: KnownEnds) {
    var rest = ends.start[...]
    var scheme: String?
    var host: String?
    if let mark = rest.firstPlace(of: "://") {
      scheme = rest[..<mark].lowercased()
      rest = Substring(rest[mark...].utf8.dropFirst(3))
      let authority = rest.utf8.prefix {
        $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
      }
      // Without anything behind it the host may go on in what is not known.
      if ends.isWhole || authority.endIndex < rest.endIndex { host = Self.host(in: Substring(authority)) }
    }
    self.scheme = scheme
    self.host = host
    let end = Substring(ends.end.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
    if let mark = end.firstPlace(of: "://") {
      let path = end[mark...].utf8.dropFirst(3).drop { $0 != UInt8(ascii: "/") }
      self.path = path.isEmpty ? nil : String(Substring(path))
    } else {
      self.path = end.isEmpty ? nil : String(end)
    }
  }

  private static func host(in authority: Substring) -> String? {
    let bytes = authority.utf8
    let host = bytes.lastIndex(of: UInt8(ascii: "@")).map { bytes[bytes.index(after: $0)...] } ?? bytes[...]
    if host.first == UInt8(ascii: "["), let end = host.firstIndex(of: UInt8(ascii: "]")) {
      return String(Substring(host[..<end].dropFirst())).lowercased()
    }
    let name = host.prefix { $0 != UInt8(ascii: ":") }
    return name.isEmpty ? nil : String(Substring(name)).lowercased()
  }

  /// Whether the host is this machine or lies in a private network, as far as its name tells.
  package var isLocal: Bool {
    guard let host else { return false }
    if host == "::1" || host.hasPrefix("fe80:") || host.hasPrefix("fd") && host.contains(":") { return true }
    let parts = host.split(separator: ".")
    let numbers = parts.compactMap { Int($0) }
    if parts.count == 4, numbers.count == 4 {
      return [0, 10, 127].contains(numbers[0]) || numbers[0] == 192 && numbers[1] == 168
        || numbers[0] == 172 && (16...31).contains(numbers[1]) || numbers[0] == 169 && numbers[1] == 254
    }
    // A name of one word is a host of the same network, such as a container.
    let endings = ["local", "localhost", "internal", "lan", "home", "intranet", "corp", "test", "arpa"]
    return parts.count == 1 || parts.last.map { endings.contains(String($0)) } ?? true
  }
}

/// What is known of a text that may hold expressions: how it begins and how it ends.
private struct KnownEnds {
  var start = ""
  var end = ""
  var isWhole = false

  var isEmpty: Bool { isWhole && start.isEmpty }

  init(start: String, end: String, isWhole: Bool) {
    self.start = start
    self.end = end
    self.isWhole = isWhole
  }

  init(_ template: Template) {
    guard case .text(let text) = template.content else { return }
    let pieces = text.parts.map { part -> String? in
      switch part {
      case .text(let piece): piece.value
      case .environment(let reference): reference.value
      case .expression: nil
      }
    }
    isWhole = pieces.allSatisfy { $0 != nil }
    start = pieces.prefix { $0 != nil }.compactMap(\.self).joined()
    end = isWhole ? start : String(pieces.reversed().prefix { $0 != nil }.reversed().compactMap(\.self).joined())
  }
}
