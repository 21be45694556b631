import ComposeRuntime

/// The message of an error body, as the APIs of the world write it: a text in a usual member of a JSON object, the
/// title of a page, or else its text in one line. It is cut where it is shown, after secrets are taken out.
func providerMessage(in bytes: [UInt8]) -> String? {
  if let value = try? parseJSON(bytes), let message = providerMessage(in: value) { return message }
  let text = String(decoding: bytes, as: UTF8.self)
  return inOneLine(pageText(text) ?? text)
}

/// The message of an error object; `nil` when the value is none.
///
/// | form | who writes it |
/// |---|---|
/// | `error.message`, maybe as the only element of a list | OpenAI, Anthropic, Google |
/// | `error` and `error_description` | OAuth 2.0 (RFC 6749, section 5.2) |
/// | `title` and `detail` | problem details (RFC 9457) |
/// | `detail`, a text or a list of `loc` and `msg` | FastAPI |
/// | `errors`, a list of texts or of objects with `message` | Cloudflare, GraphQL |
/// | `error`, `message`, `Message`, `msg`, `reason` | many |
func providerMessage(in value: Value) -> String? {
  switch value {
  case .list(let items): return items.first.flatMap { providerMessage(in: $0) }
  case .object(let object):
    if let message = message(of: object["error"]) {
      guard let description = text(object["error_description"]) else { return message }
      return "\(message): \(description)"
    }
    if let title = text(object["title"]) {
      guard let detail = text(object["detail"]), detail != title else { return title }
      return "\(title): \(detail)"
    }
    for name in ["message", "Message", "detail", "errors", "msg", "reason", "error_description", "error_message"] {
      if let message = message(of: object[name]) { return message }
    }
    return nil
  default: return nil
  }
}

/// The message in a member: a text, an object with one, or a list of such.
private func message(of value: Value?) -> String? {
  switch value {
  case .text?: return text(value)
  case .object(let object)?:
    if let message = providerMessage(in: .object(object)) { return message + place(of: object) }
    return text(object["type"]) ?? text(object["code"]) ?? text(object["status"])
  case .list(let items)?:
    let messages = items.prefix(3).compactMap { message(of: $0) }
    return messages.isEmpty ? nil : messages.joined(separator: "; ")
  default: return nil
  }
}

/// ` (body.messages.0)`: where FastAPI found the fault.
private func place(of object: OrderedObject) -> String {
  guard case .list(let steps)? = object["loc"], !steps.isEmpty else { return "" }
  return " (" + steps.map(\.displayText).joined(separator: ".") + ")"
}

private func text(_ value: Value?) -> String? {
  guard case .text(let text)? = value else { return nil }
  return inOneLine(text)
}

private func inOneLine(_ text: String) -> String? {
  let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return line.isEmpty ? nil : line
}

// MARK: Pages

/// What a person would read of an HTML page: its title, else the text of its body; `nil` when the text is no page.
private func pageText(_ text: String) -> String? {
  let start = text.drop(while: \.isWhitespace).prefix(200).lowercased()
  guard start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || start.hasPrefix("<head") else { return nil }
  if let title = content(of: "title", in: text), inOneLine(title) != nil { return unescaped(title) }
  var body = content(of: "body", in: text) ?? text
  for element in ["script", "style"] {
    while let range = range(of: element, in: body) { body.removeSubrange(range) }
  }
  var visible = ""
  var isInTag = false
  for character in body {
    switch character {
    case "<": isInTag = true
    case ">" where isInTag:
      isInTag = false
      visible += " "
    default: if !isInTag { visible.append(character) }
    }
  }
  return unescaped(visible)
}

/// What stands between the tags of the first element of that name.
private func content(of element: String, in text: String) -> String? {
  guard let range = range(of: element, in: text), let start = text[range].firstIndex(of: ">") else { return nil }
  let end = text[range].lastIndex(of: "<") ?? range.upperBound
  let first = text.index(after: start)
  return first <= end ? String(text[first..<end]) : nil
}

/// From the first tag of that name to the end of its closing tag, or of the text.
private func range(of element: String, in text: String) -> Range<String.Index>? {
  // Lower-casing ASCII only: the positions stay those of the text.
  let lowered = String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
  guard let start = lowered.firstRange(of: "<\(element)") else { return nil }
  let end = lowered[start.upperBound...].firstRange(of: "</\(element)>")?.upperBound ?? lowered.endIndex
  let lower = lowered.utf8.distance(from: lowered.startIndex, to: start.lowerBound)
  let upper = lowered.utf8.distance(from: lowered.startIndex, to: end)
  return text.utf8.index(text.startIndex, offsetBy: lower)..<text.utf8.index(text.startIndex, offsetBy: upper)
}

private func unescaped(_ text: String) -> String {
  [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
    .reduce(text) { $0.replacing($1.0, with: $1.1) }
}
