import ComposeBasic
import ComposeTestSupport
import Testing

/// The tables of `docs/expressions.md` tell the truth: every row is evaluated.
@Suite struct ExpressionDocumentTests {
  private struct Row {
    let template: String
    let sources: String
    let value: String
  }

  @Test func everyRowIsTrue() async throws {
    let rows = try rows()
    #expect(rows.count > 20)
    let input = rows.enumerated().map { index, row in vector(row, id: "\(index)") + "\n" }.joined()
    let outcome = try await run(program(["eval", "--batch", "--kind", "language"], input: .text(input)))
    #expect(outcome.standardError == "")
    let lines = outcome.standardOutput.split(separator: "\n")
    try #require(lines.count == rows.count, "\(outcome)")
    for (row, line) in zip(rows, lines) {
      let result = try JSONText.read(Array(line.utf8))
      #expect(result["expected"] == (try JSONText.read(Array(row.value.utf8))), "\(row.template) gave \(line)")
    }
  }

  private func rows() throws -> [Row] {
    try MarkdownDocument("docs/expressions.md").tables.filter { $0.rows[0] == ["template", "with", "gives"] }
      .flatMap { $0.rows.dropFirst() }
      .map { cells in Row(template: code(cells[0]), sources: code(cells[1]), value: code(cells[2])) }
  }

  private func code(_ cell: String) -> String { String(cell.dropFirst().dropLast()) }

  private func vector(_ row: Row, id: String) -> String {
    let isJSON = row.template.hasPrefix("{") || row.template.hasPrefix("[")
    var bytes: [UInt8] = []
    if isJSON { bytes = Array(row.template.utf8) } else { JSONWriter.appendQuoted(row.template, to: &bytes) }
    return "{\"id\": \"\(id)\", \"template\": \(String(decoding: bytes, as: UTF8.self)), \"sources\": \(row.sources)}"
  }
}
