import ComposeBasic
import ComposePlan
import ComposeRuntime

/// `text-parser`: reads JSON, YAML and other formats out of text.
struct TextParser: Component {
  static let type = "text-parser"
  static let componentFields: Set<String> = []
  static let actionFields: Set<String> = [
    "text", "format", "strategy", "fallback", "batch_size", "json_schema", "xml_root", "xml_output", "list_separator",
    "table_column_separator", "table_row_separator", "table_header", "table_quote", "regex_pattern", "regex_flags",
  ]

  static func refusals(of invocation: Invocation) -> [Refusal] {
    guard let schema = invocation.actionField("json_schema"), let value = schema.constantValue else { return [] }
    do throws(JSONSchemaFault) {
      _ = try JSONSchemaCheck(value)
    } catch {
      if error.isUnsupported { return [Refusal("the JSON Schema \(error.message)", at: schema.range)] }
    }
    return []
  }

  private let services: Services

  init(_ declaration: ComponentDeclaration, _ services: Services) { self.services = services }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    let fields = ActionFields(call, services)
    let text = try await fields.value("text")
    try await fields.checkBatchSize()
    let parsing = try await TextParsing(fields)

    if case .stream(let stream) = text { return .stream(try results(of: stream, parsing, fields)) }
    switch try await text.textInput() {
    case .list(let texts):
      var results: [Value] = []
      results.reserveCapacity(texts.count)
      for text in texts { results.append(try parsing.result(of: text, fields)) }
      return try await fields.output(of: .list(results))
    case let single: return try await fields.output(of: try parsing.result(of: single, fields))
    }
  }

  /// A result for each chunk, and `output` made of each. Pieces of one text are not put together.
  private func results(
    of stream: ValueStream, _ parsing: TextParsing, _ fields: ActionFields
  ) throws(RuntimeError) -> ValueStream {
    let isFragmented = stream.form == .chunks(fragmented: true)
    try stream.take()
    return ValueStream(isFragmented ? .chunks(fragmented: true) : .bare, from: [stream], initially: 0) {
      (_) async throws(RuntimeError) in
      while let chunk = try await stream.next() {
        if isFragmented, chunk.isNull { continue }
        let text = isFragmented ? chunk : try await chunk.textInput()
        let value = try await fields.output(of: try parsing.result(of: text, fields))
        if !(value.isNull && isFragmented) { return value }
      }
      return nil
    }
  }
}

extension TextParsing {
  fileprivate func result(of text: Value, _ fields: ActionFields) throws(RuntimeError) -> Value {
    switch text {
    case .null: return .null
    case .text(let text):
      do throws(TextParserFault) {
        return try result(of: text)
      } catch {
        throw fields.failure(error)
      }
    default: throw fields.failure("text", "must be text, not \(text.kindName)")
    }
  }
}

extension ActionFields {
  func failure(_ fault: TextParserFault) -> RuntimeError {
    let error = failure(fault.field, fault.message)
    return RuntimeError(fault.code, error.message, range: error.range)
  }
}

extension PlanTemplate {
  /// The value, when no expression is in it.
  fileprivate var constantValue: Value? {
    switch content {
    case .constant(let constant): return Value(constant)
    case .list(let items):
      let values = items.compactMap(\.constantValue)
      return values.count == items.count ? .list(values) : nil
    case .object(let members):
      var object = OrderedObject()
      for member in members {
        guard let value = member.value.constantValue else { return nil }
        object[member.key] = value
      }
      return .object(object)
    case .text, .reference, .operation: return nil
    }
  }
}
