import ComposeRuntime
import ComposeTestSupport
import Testing

/// The published behaviour of conversions, of the debug form and of units: one row a line, with a template that is one
/// expression (`${v as text}`) or one in angle brackets (`<${v}>`).
@Suite struct CastConformanceTests {
  @Test func everyRow() async throws {
    let bytes = try Files.read(Self.folder + "/casts.jsonl")
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count > 500)
    for line in lines {
      let row = try parseJSON(Array(line))
      await check(row)
    }
  }

  private static let folder = Files.repository + "/Fixtures/conformance"

  private func check(_ row: Value) async {
    let comment = Comment(rawValue: "\(row.member("id").displayText): \(row.member("template").displayText)")
    do throws(RuntimeError) {
      var context = ConversionContext(folder: Self.folder)
      context.keepsEncoded = row.member("options").member("skip_decode").isEqual(to: .boolean(true))
      let converted = try await evaluate(row.member("template").displayText, row.member("sources"), context)
      let result = try await unit(converted, row.member("options").member("then"))
      guard row.member("error").isNull else {
        Issue.record("\(comment): should fail, but gives \(result.debugForm)")
        return
      }
      let actual = try await RowValue.tagged(result)
      let expected = RowValue.expected(row.member("expected"), comparedTo: actual)
      #expect(actual.isIdentical(to: expected), "\(comment): \(actual.debugForm)")
    } catch {
      #expect(!row.member("error").isNull, "\(comment): \(error.message)")
    }
  }

  // MARK: A minimal reading of templates

  private func evaluate(
    _ template: String, _ sources: Value, _ context: ConversionContext
  ) async throws(RuntimeError) -> Value {
    let isInterpolation = template.hasPrefix("<")
    let expression = template.drop { $0 == "<" || $0 == "$" || $0 == "{" }.prefix { $0 != "}" }
    let parts = expression.split(separator: " ")
    var result = RowValue.source(parts[0].split(separator: ".").reduce(sources) { $0.member(String($1)) })
    if parts.count == 3 { result = try await conversion(String(parts[2]), context)(result) }
    return isInterpolation ? .text("<\(try result.interpolatedText())>") : result
  }

  private func conversion(_ text: String, _ context: ConversionContext) -> Conversion {
    let parts = text.split(separator: ";", maxSplits: 1)
    let typeParts = parts[0].split(separator: "/", maxSplits: 1)
    let isList = typeParts[0].hasSuffix("[]")
    var subtype = typeParts.count > 1 ? String(typeParts[1]) : nil
    var attributes = OrderedObject()
    if let whole = subtype, whole.hasSuffix("]"), let open = whole.firstIndex(of: "[") {
      subtype = String(whole[..<open])
      for pair in whole[open...].dropFirst().dropLast().split(separator: ",") {
        let sides = pair.split(separator: "=", maxSplits: 1)
        if sides.count == 2 { attributes[String(sides[0])] = .text(String(sides[1])) }
      }
    }
    return Conversion(
      String(isList ? typeParts[0].dropLast(2) : typeParts[0]), isList: isList, subtype: subtype,
      attributes: attributes, format: parts.count > 1 ? String(parts[1]) : nil, context: context)
  }

  private func unit(_ value: Value, _ name: Value) async throws(RuntimeError) -> Value {
    switch name {
    case .null: return value
    case .text("task-output"): return try await value.drained()
    case .text("time"): return try seconds(of: value).map { .number($0) } ?? .null
    case .text("size"): return try byteCount(of: value).map { .integer($0) } ?? .null
    case .text("decimal"): return try decimalCount(of: value).map { .integer($0) } ?? .null
    default: throw RuntimeError(.internal, "no unit '\(name.displayText)'")
    }
  }
}
