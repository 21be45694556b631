package import ComposeBasic
import ComposePlan
package import ComposeRuntime
import ComposeSyntax

/// One template rendered by itself, for people who try expressions.
package struct TemplateEvaluation: Sendable {
  /// In the notation of the vectors; `nil` when there is an error.
  package let value: Value?
  /// The kind of the value by the name that vectors use.
  package let type: String?
  package let diagnostics: Diagnostics
  /// Why rendering failed, although nothing was found before.
  package let failure: RuntimeError?
  /// The template under the name that findings use.
  package let sources: SourceSet

  /// Checks the template, and renders it unless that finds an error.
  ///
  /// - Parameters:
  ///   - template: a text, or YAML when it begins with a bracket or a brace.
  ///   - sources: what the roots stand for, in the notation of the vectors.
  ///   - base: the folder that relative paths start from.
  ///   - opener: what fetches URLs.
  /// - Throws: ``InvalidVector`` when the sources cannot be read.
  package init(
    _ template: String, sources roots: OrderedObject, base: String, opener: any ResourceOpener = NoResourceOpener()
  ) async throws(InvalidVector) {
    var scope = VectorScope(sources: try Tagging.decode(roots)).scope
    // As in a file, where an index directly after them has no effect.
    for name in ["input", "context"] { scope.callers[name] = scope.roots.removeValue(forKey: name) }
    scope.conversion = ConversionContext(opener: opener, folder: base)
    var sources = SourceSet()
    let file = sources.add(path: "<template>", bytes: Array(template.utf8))
    var diagnostics = Diagnostics()
    var result: (value: Value, type: String)?
    var failure: RuntimeError?
    if let template = Self.template(in: file, template, into: &diagnostics) {
      check(template, in: scope, isOpen: false, into: &diagnostics)
      if !diagnostics.hasErrors {
        do throws(RuntimeError) {
          let value = try await Evaluator(scope).evaluate(lower(template))
          result = (try await Tagging.encode(value), Tagging.typeName(of: value))
        } catch {
          failure = error
        }
      }
    }
    diagnostics.update { diagnostic in diagnostic.fixes = diagnostic.fixes.compactMap { $0.resolved(in: sources) } }
    self.value = result?.value
    self.type = result?.type
    self.diagnostics = diagnostics
    self.failure = failure
    self.sources = sources
  }

  private static func template(
    in file: SourceFile, _ text: String, into diagnostics: inout Diagnostics
  ) -> Template? {
    guard text.hasPrefix("{") || text.hasPrefix("[") else {
      let parsed = parseTemplateText(text, file: file.id, into: &diagnostics)
      return Template(.text(parsed), at: parsed.range)
    }
    let document = parseYAML(file, environment: Environment(), into: &diagnostics)
    return document.root.map { parseTemplate($0, into: &diagnostics) }
  }
}
