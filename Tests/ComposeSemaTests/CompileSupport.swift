import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport

extension Environment {
  /// The variables that fixtures may name.
  static var fixtures: Environment {
    var environment = Environment()
    environment.set("OPENAI_API_KEY", "sk-fixture", origin: "process environment")
    return environment
  }
}

/// Checks one file with the environment of the fixtures and the catalogue of the program.
func compile(_ bytes: [UInt8], path: String, catalog: Catalog = .builtIn) -> Compilation {
  var sources = SourceSet()
  sources.add(path: path, bytes: bytes)
  var options = CompileOptions()
  options.exists = { path, _ in !path.contains("missing") }
  return compile(sources.files, in: sources, environment: .fixtures, catalog: catalog, options: options)
}

/// Checks a fixture of one file.
func compile(_ fixture: Fixture) throws -> Compilation { compile(try fixture.bytes, path: fixture.shownPath) }

/// Checks a text that stands in the test itself.
func compile(_ text: String) -> Compilation { compile(Array(text.utf8), path: "test.yml") }

/// Applies edits of one file, whose ranges are those of the unchanged bytes.
func apply(_ edits: [Diagnostic.Fix.Edit], to bytes: [UInt8]) -> [UInt8] {
  var result = bytes
  // From the end, so that earlier ranges stay true; edits at one place keep their order.
  let ordered = edits.enumerated().sorted { ($0.element.range.start, $0.offset) > ($1.element.range.start, $1.offset) }
  for (_, edit) in ordered {
    result.replaceSubrange(Int(edit.range.start)..<Int(edit.range.end), with: edit.text.utf8)
  }
  return result
}
