import ComposeBasic
import ComposeSyntax

/// An object in a template that is not a value but says how to make one (language specification, section 9).
protocol StructuralOperator: SendableMetatype {
  /// Whether an object with these keys is this operator.
  static func accepts(_ entries: [TemplateEntry]) -> Bool

  /// The type of what it gives; what cannot work is reported.
  static func type(
    of entries: [TemplateEntry], in checker: ExpressionChecker, into diagnostics: inout Diagnostics
  ) -> Type
}

/// The operators, in the order in which an object is tested for them.
enum OperatorRegistry {
  static let all: [any StructuralOperator.Type] = [
    ConditionalOperator.self,
    JoinOperator.self,
    ZipOperator.self,
    MapOperator.self,
    SplitOperator.self,
  ]
}

extension StructuralOperator {
  static func isSole(_ key: String, in entries: [TemplateEntry]) -> Bool {
    entries.count == 1 && entries[0].key.value == key
  }

  static func has(_ key: String, in entries: [TemplateEntry]) -> Bool { entries.contains { $0.key.value == key } }
}

extension ExpressionChecker {
  func objectType(_ entries: [TemplateEntry], into diagnostics: inout Diagnostics) -> Type {
    for structural in OperatorRegistry.all where structural.accepts(entries) {
      return structural.type(of: entries, in: self, into: &diagnostics)
    }
    return plainObjectType(entries, into: &diagnostics)
  }

  /// Checks parts of an operator that nothing is made of, because the operator itself is wrong.
  func checkOnly(_ entries: [TemplateEntry], into diagnostics: inout Diagnostics) {
    for entry in entries { _ = type(of: entry.value, into: &diagnostics) }
  }

  /// The checker for what is rendered once for each element.
  func binding(item: Type) -> ExpressionChecker {
    ExpressionChecker(scope: scope.binding(item: item), isTextPlace: isTextPlace)
  }
}

extension Diagnostic {
  static func invalidOperator(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(OperatorCode.invalidOperator, message, at: range)
  }

  static func suspiciousOperator(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(OperatorCode.suspiciousOperator, message, at: range)
  }
}
