import ComposeTestSupport

/// What tests read in a Markdown file.
struct MarkdownDocument {
  struct Fence {
    /// What stands behind the backquotes.
    let language: String
    /// Without the indentation of the fence.
    let text: String
    /// The fence's first line, from 1.
    let line: Int
  }

  struct Table {
    /// The nearest heading above.
    let heading: String
    /// The cells without blanks around them; the first row is the head.
    let rows: [[String]]
  }

  /// Below the repository.
  let path: String
  let fences: [Fence]
  let tables: [Table]

  init(_ path: String) throws {
    self.path = path
    let text = String(decoding: try Files.read(Files.repository + "/" + path), as: UTF8.self)
    var fences: [Fence] = []
    var tables: [Table] = []
    var heading = ""
    var rows: [[String]] = []
    var open: (language: String, indentation: Int, line: Int, lines: [String])?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let trimmed = line.drop { $0 == " " }
      if var fence = open {
        if trimmed.hasPrefix("```") {
          let text = fence.lines.map { $0 + "\n" }.joined()
          fences.append(Fence(language: fence.language, text: text, line: fence.line))
          open = nil
        } else {
          fence.lines.append(String(line.dropFirst(min(fence.indentation, line.count - trimmed.count))))
          open = fence
        }
        continue
      }
      if trimmed.hasPrefix("```") {
        open = (String(trimmed.dropFirst(3)), line.count - trimmed.count, index + 1, [])
      }
      if line.hasPrefix("#") { heading = String(line.drop { $0 == "#" || $0 == " " }) }
      if line.hasPrefix("|") {
        let row = Self.cells(line)
        if !row.allSatisfy({ $0.allSatisfy { $0 == "-" } }) { rows.append(row) }
      } else if !rows.isEmpty {
        tables.append(Table(heading: heading, rows: rows))
        rows = []
      }
    }
    if !rows.isEmpty { tables.append(Table(heading: heading, rows: rows)) }
    if open != nil { throw TestSupportError("\(path): a fence has no end") }
    self.fences = fences
    self.tables = tables
  }

  func fences(_ language: String) -> [Fence] { fences.filter { $0.language == language } }

  /// `\|` does not end a cell.
  private static func cells(_ line: Substring) -> [String] {
    let marked = line.replacing("\\|", with: "\u{1}")
    return marked.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map { cell in
      let start = cell.drop { $0 == " " }
      return String(start.reversed().drop { $0 == " " }.reversed()).replacing("\u{1}", with: "|")
    }
  }
}

extension MarkdownDocument {
  /// The READMEs of all examples.
  static var examples: [String] {
    let root = Files.repository + "/examples"
    let found = (Files.names(in: root) ?? []).flatMap { folder in
      (Files.names(in: root + "/" + folder) ?? []).filter { $0.hasSuffix(".md") }.map { "examples/\(folder)/\($0)" }
    }
    return found.isEmpty ? ["examples/no-document-found"] : found
  }

  /// All documents of the repository.
  static var all: [String] {
    let docs = (Files.names(in: Files.repository + "/docs") ?? []).filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }
    return ["README.md"] + docs + examples
  }
}
