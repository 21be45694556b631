import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Whatever the parser makes of a text can be evaluated: to a value, or to an error with a message.
@Suite(.serialized) struct EvaluationProperties {
  @Test(arguments: 0..<20)
  func generatedTemplatesEvaluate(seed: UInt64) async {
    var generator = TemplateGenerator(seed: seed)
    var values = 0
    for number in 0..<500 {
      let text = number % 5 == 4 ? generator.noise() : generator.template()
      var diagnostics = Diagnostics()
      let parsed = parseTemplateText(text, file: SourceFile.ID(index: 0), into: &diagnostics)
      let template = lower(Template(.text(parsed), at: parsed.range))
      do throws(RuntimeError) {
        let value = try await Evaluator(Self.scope).evaluate(template)
        _ = try await value.drained().jsonText
        values += 1
      } catch {
        #expect(!error.message.isEmpty, "\(text)")
      }
    }
    #expect(values > 100, "many texts have a value")
  }

  /// Values of every kind under the names that the generator uses.
  private static var scope: Scope {
    let stream = ValueStream(.bare, next: { () async throws(RuntimeError) in nil })
    let rows: Value = .list([.object(["b": .text("x")]), .null, .integer(3)])
    let roots: [String: Value] = [
      "a-b": rows, "gateway:8080": .object(["b": .text("12"), "c-1": rows]), "_x": .bytes([1, 2, 0xFF]),
      "as": .number(.nan), "a": .bigInteger("123456789012345678901234567890"), "x": .boolean(true), "b": .text(""),
    ]
    let input: Value = .object(["b": rows, "x": .text("é"), "c-1": .stream(stream), "0": .integer(.min)])
    return Scope(roots, callers: ["input": input], chunks: ["input": rows, "a-b": .null, "_x": .text("true")])
  }
}
