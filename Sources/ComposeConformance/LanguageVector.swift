import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSyntax

/// A template, the values of its roots, and what is done with the result.
struct LanguageVector {
  private let template: Value
  private let scope: Scope
  private let skipsDecoding: Bool
  private let consumer: Consumer?

  init(_ row: OrderedObject) throws(InvalidVector) {
    template = try row.required("template")
    let sources = try Tagging.decode(try row.object("sources"))
    let options = row["options"] ?? .null
    if case .text(let context) = options.member("context") {
      scope = try VectorScope(sources: sources, context: context).scope
    } else {
      scope = VectorScope(sources: sources).scope
    }
    if case .boolean(true) = options.member("skip_decode") { skipsDecoding = true } else { skipsDecoding = false }
    if case .text(let name) = options.member("then") {
      guard let known = Consumer(rawValue: name) else { throw InvalidVector("there is no consumer '\(name)'") }
      consumer = known
    } else {
      consumer = nil
    }
  }

  func outcome(base: String) async throws(InvalidVector) -> VectorOutcome {
    var parser = VectorTemplate()
    let template = try parser.template(template)
    // A text that cannot be read is refused. Any other finding speaks of what happens when the template is evaluated:
    // where that fails, the failure is the answer.
    if let refusal = VectorOutcome(errorsIn: parser.diagnostics) {
      return failsInTheReference(parser.diagnostics) ? .failure("ValueError") : refusal
    }
    var diagnostics = Diagnostics()
    check(template, in: scope, isOpen: true, into: &diagnostics)
    let evaluated = await evaluated(template, base: base)
    if case .failure = evaluated { return evaluated }
    return VectorOutcome(errorsIn: diagnostics) ?? evaluated
  }

  /// Whether what cannot be read fails there, too: a minus without a number behind a root does, before anything is
  /// looked up.
  private func failsInTheReference(_ diagnostics: Diagnostics) -> Bool {
    diagnostics.all.filter { $0.severity == .error }.allSatisfy {
      $0.code.id == "lone-minus" && $0.upstream?.hasPrefix("fails") == true
    }
  }

  private func evaluated(_ template: Template, base: String) async -> VectorOutcome {
    do throws(RuntimeError) {
      var scope = scope
      scope.conversion = ConversionContext(folder: base, keepsEncoded: skipsDecoding)
      var value = try await Evaluator(scope).evaluate(lower(template))
      if let consumer { value = try await consumer.consume(value) }
      let type = Tagging.typeName(of: value)
      return .result(["expected": try await Tagging.encode(value), "expected_type": .text(type)])
    } catch {
      return VectorOutcome(error)
    }
  }
}
