import ComposeBasic

/// Prints values as JSON in the three layouts that leave the program.
struct JSONPrinter {
  enum Layout {
    /// `{"a": [1, 2]}`: the JSON text of the language.
    case spaced
    /// `{"a":[1,2]}`: requests and replies.
    case compact
    /// Two blanks of indentation, one member a line: the terminal.
    case indented
  }

  private(set) var bytes: [UInt8] = []
  private let layout: Layout
  private var depth = 0

  init(_ layout: Layout) { self.layout = layout }

  mutating func append(_ value: Value) {
    switch value {
    case .null: append("null")
    case .boolean(let value): append(value ? "true" : "false")
    case .integer(let value): append(String(value))
    case .bigInteger(let digits): append(digits)
    case .number(let value): append(jsonNumberText(value))
    case .text(let text): JSONWriter.appendQuoted(text, to: &bytes)
    case .bytes, .stream, .resource: JSONWriter.appendQuoted(value.debugForm, to: &bytes)
    case .list(let list):
      append(list, from: UInt8(ascii: "["), to: UInt8(ascii: "]")) { (printer, element) in printer.append(element) }
    case .object(let object):
      append(object, from: UInt8(ascii: "{"), to: UInt8(ascii: "}")) { (printer, member) in
        JSONWriter.appendQuoted(member.key, to: &printer.bytes)
        printer.append(printer.layout == .compact ? ":" : ": ")
        printer.append(member.value)
      }
    }
  }

  private mutating func append<Items: Sequence>(
    _ items: Items, from open: UInt8, to close: UInt8, each: (inout JSONPrinter, Items.Element) -> Void
  ) {
    bytes.append(open)
    depth += 1
    var isFirst = true
    for item in items {
      if !isFirst { append(layout == .spaced ? ", " : ",") }
      isFirst = false
      breakLine()
      each(&self, item)
    }
    depth -= 1
    if !isFirst { breakLine() }
    bytes.append(close)
  }

  private mutating func breakLine() {
    guard layout == .indented else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
