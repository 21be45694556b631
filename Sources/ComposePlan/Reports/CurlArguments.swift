import ComposeBasic

/// The words of one curl command.
struct CurlArguments {
  let request: PlannedRequest

  func arguments(_ names: inout ShellVariables) -> String {
    var lines = ["curl" + (request.isStreamed ? " -N" : "") + " --compressed"]
    let address = ShellPieces.word(request.url, &names)
    lines[0] += (request.url.contains { ($0.knownText ?? "").contains("[") } ? " -g" : "") + methodWords(&names)
    let isOpenQuery = request.query.contains { $0.value.knownText == nil }
    lines[0] += " " + (isOpenQuery ? address : ShellPieces.word(request.url + [.text(knownQuery)], &names))
    lines += limits
    if isOpenQuery { lines += openQuery(&names) }
    lines += headers(&names)
    let (body, document) = self.body(&names)
    return (lines + body).joined(separator: " \\\n  ") + document
  }

  private var hasBody: Bool { request.body != nil }

  private func methodWords(_ names: inout ShellVariables) -> String {
    if request.method.knownText == "GET", !hasBody { return "" }
    return " -X " + ShellPieces.word(request.method.pieces ?? [], &names)
  }

  // MARK: Query

  private var separator: String {
    request.url.contains { ($0.knownText ?? "").contains("?") } ? "&" : "?"
  }

  private var knownQuery: String {
    guard !request.query.isEmpty else { return "" }
    let pairs = request.query.map { parameter in
      URLEncoding.encode(parameter.name, keeping: URLEncoding.unreserved) + "="
        + URLEncoding.encode(parameter.value.knownText ?? "", keeping: URLEncoding.unreserved)
    }
    return separator + pairs.joined(separator: "&")
  }

  /// curl encodes what stands behind `=`. A body leaves no other place for the query than an option of newer versions.
  private func openQuery(_ names: inout ShellVariables) -> [String] {
    var lines = hasBody ? [] : ["-G"]
    for parameter in request.query {
      let name = URLEncoding.encode(parameter.name, keeping: URLEncoding.unreserved)
      let pieces = [.text("\(name)=")] + (parameter.value.pieces ?? parameter.value.holes.map { .hole($0) })
      lines.append((hasBody ? "--url-query " : "--data-urlencode ") + ShellPieces.word(pieces, &names))
    }
    return lines
  }

  private var limits: [String] {
    var words: [String] = []
    if case .seconds(let seconds, _) = request.timeouts.connect { words.append("--connect-timeout \(plain(seconds))") }
    if case .seconds(let seconds, _) = request.timeouts.total { words.append("--max-time \(plain(seconds))") }
    return words.isEmpty ? [] : [words.joined(separator: " ")]
  }

  private func plain(_ seconds: Double) -> String { Int(exactly: seconds).map(String.init) ?? String(seconds) }

  // MARK: Headers and body

  private func headers(_ names: inout ShellVariables) -> [String] {
    var lines: [String] = []
    for header in request.headers {
      // It goes with the boundary, which curl chooses.
      if request.body?.form == .multipart, header.name.lowercased() == "content-type" { continue }
      // What curl sends without being told.
      if header.range == nil, header.name == "Accept" { continue }
      if header.range == nil, header.name == "User-Agent" {
        lines.append("-A " + ShellText.word(header.value.knownText ?? ""))
        continue
      }
      let value = header.value.pieces ?? header.value.holes.map { .hole($0) }
      let isEmpty = header.value.knownText.map { $0.allSatisfy(\.isWhitespace) } ?? false
      lines.append(
        "-H " + ShellPieces.word([.text(header.name + (isEmpty ? ";" : ": "))] + (isEmpty ? [] : value), &names))
    }
    let isTyped = request.headers.contains { $0.name.lowercased() == "content-type" }
    let sendsBody = hasBody || ["POST", "PUT", "PATCH"].contains(request.method.knownText ?? "POST")
    // curl would say that it is a form.
    if sendsBody, !isTyped { lines.append("-H 'Content-Type:'") }
    return lines
  }

  /// The words for the body, and the here-document behind the command.
  private func body(_ names: inout ShellVariables) -> (words: [String], document: String) {
    guard let body = request.body else {
      let isSent = ["POST", "PUT", "PATCH"].contains(request.method.knownText ?? "POST")
      return (isSent && request.query.allSatisfy { $0.value.knownText != nil } ? ["--data-raw ''"] : [], "")
    }
    switch body.form {
    case .text, .open:
      return (["--data-raw " + ShellPieces.word(body.value.pieces ?? [], &names)], "")
    case .form:
      guard case .object(let members) = body.value else { return ([], "") }
      var lines: [String] = []
      for member in members where !member.value.isNull {
        let items = if case .list(let items) = member.value { items } else { [member.value] }
        let name = URLEncoding.encode(member.name, keeping: URLEncoding.unreserved)
        for item in items {
          let pieces = item.pieces ?? item.holes.map { .hole($0) }
          lines.append("--data-urlencode " + ShellPieces.word([.text("\(name)=")] + pieces, &names))
        }
      }
      return (lines, "")
    case .multipart: return (parts(body.value, &names), "")
    case .json:
      var writer = ShellJSON(names: names)
      writer.append(body.value, depth: 0)
      names = writer.names
      if writer.isOpen { return (["--data-binary @- <<JSON"], "\n\(writer.document)\nJSON") }
      return (["--data-raw " + ShellText.quoted(writer.plain)], "")
    }
  }

  /// A word for each part of a multipart form. A value that begins with `@` is no file name here.
  private func parts(_ value: RequestValue, _ names: inout ShellVariables) -> [String] {
    guard case .object(let members) = value else { return [] }
    var lines: [String] = []
    for member in members where !member.value.isNull {
      let items = if case .list(let items) = member.value { items } else { [member.value] }
      for item in items where !item.isNull {
        var pieces = item.pieces ?? item.holes.map { .hole($0) }
        if item.pieces == nil {
          var writer = ShellJSON(names: names)
          writer.append(item, depth: 0)
          if !writer.isOpen { pieces = [.text(writer.plain)] }
        }
        lines.append("--form-string " + ShellPieces.word([.text("\(member.name)=")] + pieces, &names))
      }
    }
    return lines
  }
}
