import ComposeHTTP
import ComposeRuntime

extension HTTPResponse {
  /// The file name that the sender proposes (RFC 6266, `Content-Disposition`), without folders; `nil` when there is
  /// none.
  var filename: String? {
    guard let header = header("Content-Disposition") else { return nil }
    let parameters = headerParameters(header)
    let name = parameters["filename*"].flatMap(Self.decodedExtended) ?? parameters["filename"]
    // A name that leads elsewhere is none of ours.
    guard let last = name?.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last, last != ".", last != ".." else {
      return nil
    }
    return String(last)
  }

  /// `UTF-8''name` with percent escapes (RFC 8187); other character sets are not read.
  private static func decodedExtended(_ text: String) -> String? {
    let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
    return String(validating: percentDecoded(String(parts[2])), as: UTF8.self)
  }
}

/// `name=value` and `name="value"` behind the first `;`, by lower-cased name.
func headerParameters(_ header: String) -> [String: String] {
  var parameters: [String: String] = [:]
  var rest = header.unicodeScalars.drop { $0 != ";" }
  while rest.first == ";" {
    rest = rest.dropFirst()
    let name = rest.prefix { $0 != "=" && $0 != ";" }
    rest = rest.dropFirst(name.count)
    guard rest.first == "=" else { continue }
    rest = rest.dropFirst()
    var value = String.UnicodeScalarView()
    rest = rest.drop { $0 == " " }
    if rest.first == "\"" {
      rest = rest.dropFirst()
      while let scalar = rest.popFirst(), scalar != "\"" {
        value.append(scalar == "\\" ? rest.popFirst() ?? scalar : scalar)
      }
      rest = rest.drop { $0 != ";" }
    } else {
      let token = rest.prefix { $0 != ";" }
      rest = rest.dropFirst(token.count)
      value.append(contentsOf: token)
    }
    let key = String(name).trimmed.lowercased()
    if parameters[key] == nil { parameters[key] = String(value).trimmed }
  }
  return parameters
}

extension String {
  /// Without blanks at both ends.
  fileprivate var trimmed: String {
    var scalars = unicodeScalars[...]
    while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
    while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
    return String(scalars)
  }
}
