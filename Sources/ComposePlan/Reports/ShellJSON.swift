import ComposeBasic

/// Pieces of text as one word of a shell command.
enum ShellPieces {
  static func word(_ pieces: [RequestPiece], _ names: inout ShellVariables) -> String {
    let known = pieces.map(\.knownText)
    if !known.contains(nil) { return ShellText.word(known.compactMap { $0 }.joined()) }
    var text = "\""
    for piece in pieces { text += piece.knownText.map(ShellText.inDoubleQuotes) ?? variable(piece, &names) }
    return text + "\""
  }

  /// The variable that stands for a piece.
  static func variable(_ piece: RequestPiece, _ names: inout ShellVariables) -> String {
    switch piece {
    case .text(let text): ShellText.inDoubleQuotes(text)
    case .environment(let value): "${\(value.name)}"
    case .hole(let hole): "${\(names.name(of: hole))}"
    }
  }
}

/// Writes JSON with variables of a shell in it, over several lines.
struct ShellJSON {
  var names: ShellVariables
  /// As JSON alone. Only if nothing is open.
  private(set) var plain = ""
  /// As the text of a here-document.
  private(set) var document = ""
  /// Whether something stands in it that only the shell puts in.
  private(set) var isOpen = false

  init(names: ShellVariables) { self.names = names }

  mutating func append(_ value: RequestValue, depth: Int) {
    switch value {
    case .known(let constant): write(Self.json(constant))
    case .hole(let hole) where hole.type == "text": appendText([.hole(hole)])
    case .hole(let hole): insert("${\(names.name(of: hole))}")
    case .text(let pieces): appendText(pieces)
    case .list(let items):
      appendContainer("[", "]", items.count, depth) { json, index in json.append(items[index], depth: depth + 1) }
    case .object(let members):
      appendContainer("{", "}", members.count, depth) { json, index in
        json.write(Self.json(.text(members[index].name)) + ": ")
        json.append(members[index].value, depth: depth + 1)
      }
    }
  }

  private mutating func appendContainer(
    _ open: String, _ close: String, _ count: Int, _ depth: Int, _ element: (inout ShellJSON, Int) -> Void
  ) {
    write(open)
    for index in 0..<count {
      write("\n" + String(repeating: "  ", count: depth + 1))
      element(&self, index)
      if index < count - 1 { write(",") }
    }
    if count > 0 { write("\n" + String(repeating: "  ", count: depth)) }
    write(close)
  }

  private mutating func appendText(_ pieces: [RequestPiece]) {
    write("\"")
    for piece in pieces {
      if let text = piece.knownText {
        write(String(Self.json(.text(text)).dropFirst().dropLast()))
      } else {
        insert("$(json \"\(ShellPieces.variable(piece, &names))\")")
      }
    }
    write("\"")
  }

  private mutating func write(_ json: String) {
    plain += json
    document += ShellText.inHereDocument(json)
  }

  private mutating func insert(_ shell: String) {
    isOpen = true
    document += shell
  }

  static func append(_ constant: PlanConstant, to writer: inout JSONWriter) { writer.raw(json(constant)) }

  static func json(_ constant: PlanConstant) -> String {
    switch constant {
    case .null: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .bigInteger(let digits): return digits
    case .number(let value): return value.isFinite ? String(value) : "null"
    case .text(let text):
      var bytes: [UInt8] = []
      JSONWriter.appendQuoted(text, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
