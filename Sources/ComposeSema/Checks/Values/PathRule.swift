import ComposeBasic
import ComposeSyntax

/// Paths of requests that do not fit behind the component's `base_url`.
enum PathRule: FieldRule {
  private static let fullAddress = DiagnosticCode(
    "address-in-path", .error, "A full address where a path is expected",
    explanation: """
      `path` stands behind the component's `base_url`. A full address belongs into `endpoint`. The reference sends the
      request to that address, and `base_url` has no effect.

      ```yaml bad
      component:
        type: http-client
        base_url: https://api.example.com/v1
        action: {path: https://api.example.com/v1/items}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component:
        type: http-client
        base_url: https://api.example.com/v1
        action: {path: /items}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  private static let noSlash = DiagnosticCode(
    "missing-slash", .warning, "A path that does not begin with a slash",
    explanation: """
      The path of a request begins with `/`. It is added where it is missing.

      ```yaml bad
      component: {type: http-client, base_url: https://api.example.com, action: {path: items}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component: {type: http-client, base_url: https://api.example.com, action: {path: /items}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  private static let doubled = DiagnosticCode(
    "doubled-path", .warning, "A path that repeats the end of the base address",
    explanation: """
      `path` is put behind the whole of `base_url`: with `/v1` in both, the request goes to `/v1/v1/…`.

      ```yaml bad
      component: {type: http-client, base_url: https://api.example.com/v1, action: {path: /v1/items}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component: {type: http-client, base_url: https://api.example.com/v1, action: {path: /items}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  private static let query = DiagnosticCode(
    "query-in-path", .warning, "A query behind a path",
    explanation: """
      This program keeps the query of a path. The reference quotes its characters, so that they are part of the path. A
      query under `params` works in both, and so does one behind a full address in `endpoint`.

      ```yaml bad
      component: {type: http-client, base_url: https://api.example.com, action: {path: "/items?page=1"}}
      workflow: {job: {input: "${input}"}}
      ```

      ```yaml good
      component: {type: http-client, base_url: https://api.example.com, action: {path: /items, params: {page: 1}}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  static let codes = [fullAddress, noSlash, doubled, query]

  static func check(_ visit: FieldVisit, into findings: inout ValueFindings) {
    if isRoute(visit), let scalar = visit.literal, case .text(let text) = scalar.value, let first = text.first,
      first != "/"
    {
      findings.emit(
        Diagnostic(noSlash, "the path should begin with '/'", at: visit.value.range)
          .upstream("puts it right behind the base path, without a slash")
          .fix("put '/' before it", .safe, replace: scalar.map.range(0..<0), with: "/"))
      return
    }
    guard visit.name == "path", visit.shape.needsOfComponent["path"] == "base_url",
      let scalar = visit.value.scalar, !scalar.isUnknown, case .text(let text) = scalar.value, let first = text.first
    else { return }
    let base = baseURL(visit)
    let range = visit.value.range
    if let mark = text.utf8Offset(of: "?"), text.utf8Offset(of: "${").map({ mark < $0 }) ?? true,
      !text.hasPrefix("http")
    {
      findings.emit(
        Diagnostic(query, "the path has a query", at: scalar.map.range(mark..<mark + 1))
          .help("put it under 'params', or write the full address as 'endpoint'")
          .upstream("sends '?' and '=' as %3F and %3D: there is no query"))
    } else if text.hasPrefix("http://") || text.hasPrefix("https://") {
      var diagnostic = Diagnostic(fullAddress, "'path' is put behind 'base_url', but this is a full address", at: range)
        .help("use 'endpoint' for a full address")
        .upstream("sends the request to this address; 'base_url' has no effect")
      if let base, text.hasPrefix(base + "/"), text.count > base.count + 1 {
        diagnostic = diagnostic.fix(
          "remove what 'base_url' says", .suggested, replace: scalar.map.range(0..<base.utf8.count), with: "")
      } else if visit.mapping.entry("endpoint") == nil {
        diagnostic = diagnostic.fix("use 'endpoint'", .suggested, replace: visit.entry.key.range, with: "endpoint")
      }
      findings.emit(diagnostic)
    } else if first != "/", first != "$" {
      findings.emit(
        Diagnostic(noSlash, "the path should begin with '/'", at: range)
          .upstream("puts a slash between 'base_url' and the path")
          .fix("put '/' before it", .safe, replace: scalar.map.range(0..<0), with: "/"))
    } else if let base, let repeated = path(of: base), text.hasPrefix(repeated + "/") {
      findings.emit(
        Diagnostic(doubled, "the path repeats '\(repeated)' from 'base_url'", at: range)
          .note("'base_url' is here", at: visit.component?.entry("base_url")?.value.range)
          .upstream("sends the request to '\(repeated)\(text)'")
          .fix("remove '\(repeated)'", .suggested, replace: scalar.map.range(0..<repeated.utf8.count), with: ""))
    }
  }

  /// Whether it is the path of a listener, or of one of its entries.
  private static func isRoute(_ visit: FieldVisit) -> Bool {
    visit.owner == .section(.listener) && visit.name == "path"
      && (visit.path.isEmpty || visit.path == ["callbacks"] || visit.path == ["triggers"])
  }

  /// Without slashes at its end.
  private static func baseURL(_ visit: FieldVisit) -> String? {
    guard let scalar = visit.component?.entry("base_url")?.value.scalar, !scalar.isUnknown else { return nil }
    var text = scalar.text[...]
    while text.hasSuffix("/") { text = text.dropLast() }
    return String(text)
  }

  /// What follows the host; `nil` when nothing does.
  private static func path(of base: String) -> String? {
    guard let scheme = base.utf8Offset(of: "://") else { return nil }
    let rest = String(base.utf8.dropFirst(scheme + 3)) ?? ""
    return rest.firstIndex(of: "/").map { String(rest[$0...]) }
  }
}
