import ComposeRuntime
import ComposeTestSupport
import Testing

/// The published behaviour of conversions and of the debug form: one row a line, with a template that is one
/// expression (`${v as text}`) or one in angle brackets (`<${v}>`).
@Suite struct CastConformanceTests {
  @Test func everyRow() async throws {
    let bytes = try Files.read(Files.repository + "/Fixtures/conformance/casts.jsonl")
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count > 300)
    for line in lines {
      let row = try parseJSON(Array(line))
      await check(row)
    }
  }

  private func check(_ row: Value) async {
    let comment = Comment(rawValue: "\(row.member("id").displayText): \(row.member("template").displayText)")
    do throws(RuntimeError) {
      let result = try await evaluate(row.member("template").displayText, row.member("sources"))
      guard row.member("error").isNull else {
        Issue.record("\(comment): should fail, but gives \(result.debugForm)")
        return
      }
      let actual = try await drained(result)
      let expected = row.member("expected")
      #expect(actual.isIdentical(to: withoutForm(untagged(expected))), "\(comment): \(actual.debugForm)")
    } catch {
      #expect(!row.member("error").isNull, "\(comment): \(error.message)")
    }
  }

  // MARK: A minimal reading of templates

  private func evaluate(_ template: String, _ sources: Value) async throws(RuntimeError) -> Value {
    let isInterpolation = template.hasPrefix("<")
    let expression = template.drop { $0 == "<" || $0 == "$" || $0 == "{" }.prefix { $0 != "}" }
    let parts = expression.split(separator: " ")
    let value = value(parts[0].split(separator: ".").reduce(sources) { $0.member(String($1)) })
    var result = value
    if parts.count == 3 { result = try await cast(value, String(parts[2])) }
    return isInterpolation ? .text("<\(try result.interpolatedText())>") : result
  }

  private func cast(_ value: Value, _ text: String) async throws(RuntimeError) -> Value {
    let parts = text.split(separator: ";")
    let typeParts = parts[0].split(separator: "/", maxSplits: 1)
    let isList = typeParts[0].hasSuffix("[]")
    let name = isList ? typeParts[0].dropLast(2) : typeParts[0]
    guard let type = CastType(rawValue: String(name)) else { throw RuntimeError(.internal, "no type '\(name)'") }
    if type == .base64, !isList, case .stream(let stream) = value { return .text(try await stream.base64Text()) }
    return try convert(
      value, to: type, isList: isList, fields: typeParts.count > 1 ? FieldSelection.parse(String(typeParts[1])) : [],
      format: parts.count > 1 ? CastFormat(rawValue: String(parts[1])) : nil)
  }

  // MARK: The rows' notation

  /// Resolves the tags of bytes, large integers, numbers that JSON has not, and streams.
  private func value(_ tagged: Value) -> Value {
    guard case .object(let object) = tagged, case .list(let chunks)? = object["stream"] else { return untagged(tagged) }
    var form = ValueStream.Form.bare
    if case .boolean(let fragmented)? = object["fragmented"] { form = .chunks(fragmented: fragmented) }
    return .stream(ValueStream(form, elements: chunks.map(untagged)))
  }

  private func untagged(_ value: Value) -> Value {
    switch value {
    case .list(let list): return .list(list.map(untagged))
    case .object(let object):
      if case .text(let text)? = object["bytes"] { return .bytes((try? Base64.decode(text)) ?? []) }
      if case .text(let digits)? = object["bigint"] { return .bigInteger(digits) }
      if case .text(let name)? = object["float"] { return .number(Double(name) ?? 0) }
      return .object(OrderedObject(object.map { ($0.key, untagged($0.value)) }))
    default: return value
    }
  }

  /// A stream as the rows write it, without its form.
  private func drained(_ value: Value) async throws(RuntimeError) -> Value {
    guard case .stream(let stream) = value else { return value }
    try stream.take()
    var chunks: [Value] = []
    do throws(RuntimeError) {
      while let chunk = try await stream.next() { chunks.append(chunk) }
    } catch {
      return .object(["stream": .list(chunks), "throws": .boolean(true)])
    }
    return .object(["stream": .list(chunks)])
  }

  private func withoutForm(_ expected: Value) -> Value {
    guard case .object(var object) = expected, object["stream"] != nil else { return expected }
    object["fragmented"] = nil
    if object["throws"] != nil { object["throws"] = .boolean(true) }
    return .object(object)
  }
}
