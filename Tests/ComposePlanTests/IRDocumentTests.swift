import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What `docs/ir.md` shows is what `plan` prints.
@Suite struct IRDocumentTests {
  /// Behind each file stands its plan. Recording writes the plans anew and leaves the rest as it is.
  @Test func plansAreThoseOfTheFiles() throws {
    let path = Files.absolute("docs/ir.md")
    var lines: [String] = []
    var file: [String]?
    var language: Substring?
    var printed: String?
    for line in String(decoding: try Files.read(path), as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      if let open = language {
        if line == "```" {
          if open == "yaml" { printed = try plan(of: file ?? []) }
          if open == "text", let plan = printed {
            lines += plan.split(separator: "\n").map(String.init)
            printed = nil
          }
          (language, file) = (nil, nil)
        } else if open == "yaml" {
          file = (file ?? []) + [String(line)]
        } else if open == "text", printed != nil {
          continue
        }
      } else if line.hasPrefix("```") {
        language = line.dropFirst(3)
      }
      lines.append(String(line))
    }
    expectGolden(lines.joined(separator: "\n"), at: path)
  }

  /// No operation is left out: the table has them all, and each that a file can have is shown.
  @Test func everyOperationIsShown() throws {
    let text = String(decoding: try Files.read(Files.absolute("docs/ir.md")), as: UTF8.self)
    for name in ["invoke", "wait", "route", "draw", "filter", "map", "fold", "iterate", "sequence", "tee", "fail"] {
      #expect(text.contains("| `\(name)` |"))
      #expect(text.contains("\n### `\(name)`\n"))
    }
  }

  private func plan(of lines: [String]) throws -> String {
    var sources = SourceSet()
    let text = lines.map { $0 + "\n" }.joined()
    sources.add(path: "model-compose.yml", bytes: Array(text.utf8))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    let messages = compilation.diagnostics.all.map(\.message)
    try #require(messages == [], "\(text)")
    let result = compilation.plan
    let plan = try #require(result)
    return ComposePlan.print(
      plan, workflows: plan.workflows, as: .text, options: PrintOptions(locations: false))
  }
}
