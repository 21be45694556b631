import ComposeBasic
import ComposePlan
import ComposeRuntime

extension TextParsing {
  /// Reads the fields of an action; those of other formats than its own may hold anything.
  init(_ fields: ActionFields) async throws(RuntimeError) {
    let format = try await fields.word("format", "json")
    strategy = try await fields.choice("strategy", among: Strategy.allCases.map { ($0.rawValue, $0) }, preset: .largest)
    let isValue = try await fields.choice("xml_output", among: [("text", false), ("dict", true)], preset: false)
    fallback = try await fields.value("fallback")
    switch format {
    case "json": self.format = .json(schema: try await fields.value("json_schema"))
    case "yaml": self.format = .yaml
    case "code": self.format = .code
    case "xml": self.format = .xml(root: try await fields.text("xml_root"), isValue: isValue)
    case "list": self.format = .list(separator: try await Self.separator(fields))
    case "table": self.format = .table(try await Self.table(fields))
    case "regex": self.format = .regex(try await Self.pattern(fields))
    default: throw fields.failure("format", "must be json, yaml, code, xml, list, table or regex, not '\(format)'")
    }
  }

  private static func separator(_ fields: ActionFields) async throws(RuntimeError) -> String? {
    guard fields.invocation.actionField("list_separator") != nil else { return "," }
    switch try await fields.value("list_separator") {
    case .null: return nil
    case .text(let text):
      if !text.isEmpty { return text }
      throw fields.failure("list_separator", "must not be empty")
    case let value: throw fields.failure("list_separator", "must be text, not \(value.kindName)")
    }
  }

  private static func table(_ fields: ActionFields) async throws(RuntimeError) -> Table {
    Table(
      column: try await character("table_column_separator", ",", fields),
      row: try await fields.word("table_row_separator", "\n"),
      quote: try await fields.value("table_quote").isTruthy ? try await character("table_quote", "\"", fields) : "\"",
      hasHeader: fields.invocation.actionField("table_header") == nil
        ? true : try await fields.choice("table_header") ?? false)
  }

  private static func character(
    _ name: String, _ preset: Unicode.Scalar, _ fields: ActionFields
  ) async throws(RuntimeError) -> Unicode.Scalar {
    let text = try await fields.word(name, String(preset))
    guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
      throw fields.failure(name, "must be one character, not '\(text)'")
    }
    return scalar
  }

  private static func pattern(_ fields: ActionFields) async throws(RuntimeError) -> RegularExpression {
    guard case .text(let pattern) = try await fields.value("regex_pattern"), !pattern.isEmpty else {
      throw fields.failure("regex_pattern", "must be given for the format 'regex', as text")
    }
    var options: RegularExpressionOptions = []
    for flag in try await fields.text("regex_flags") ?? "" {
      switch flag {
      case "i": options.insert(.ignoresCase)
      case "s": options.insert(.dotIsAny)
      case "m": options.insert(.multiline)
      default: throw fields.failure("regex_flags", "must be made of 'i', 's' and 'm', and there is '\(flag)'")
      }
    }
    do throws(RegularExpressionError) {
      return try RegularExpression(pattern, options: options)
    } catch {
      throw fields.failure("regex_pattern", error.description)
    }
  }
}

extension ActionFields {
  /// A field that holds text; null is none of it.
  fileprivate func word(_ name: String, _ preset: String) async throws(RuntimeError) -> String {
    guard invocation.actionField(name) != nil else { return preset }
    switch try await value(name) {
    case .text(let text): return text
    case let value: throw failure(name, "must be text, not \(value.kindName)")
    }
  }

  fileprivate func choice<Choice>(
    _ name: String, among choices: [(String, Choice)], preset: Choice
  ) async throws(RuntimeError) -> Choice {
    guard invocation.actionField(name) != nil else { return preset }
    let text = try await word(name, "")
    if let choice = choices.first(where: { $0.0 == text }) { return choice.1 }
    throw failure(name, "must be one of \(choices.map(\.0).joined(separator: ", ")), not '\(text)'")
  }
}
