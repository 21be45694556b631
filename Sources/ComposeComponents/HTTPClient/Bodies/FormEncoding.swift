import ComposeBasic
import ComposeRuntime

/// `application/x-www-form-urlencoded`: `name=value` pairs for a query or a body.
///
/// Null is left out, a list repeats its name, other values are written as JSON writes them. A blank is `%20`, which
/// every reader of `+` reads, too.
func formEncoded(_ object: OrderedObject, field name: String) throws(RuntimeError) -> String {
  var pairs: [String] = []
  for (key, value) in object {
    let values: [Value] = if case .list(let items) = value { items } else { [value] }
    for value in values where !value.isNull {
      let text: String
      switch value {
      case .text(let content): text = content
      case .boolean, .integer, .bigInteger, .number: text = value.jsonText
      default: throw RuntimeError(.value, "'\(name)' cannot carry \(value.kindName) as '\(key)'")
      }
      pairs.append([key, text].map { URLEncoding.encode($0, keeping: URLEncoding.unreserved) }.joined(separator: "="))
    }
  }
  return pairs.joined(separator: "&")
}
