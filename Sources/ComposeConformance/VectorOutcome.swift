import ComposeBasic
package import ComposeRuntime
import ComposeSyntax

/// What became of a vector.
package enum VectorOutcome: Sendable {
  /// The members that a vector file holds beside the input.
  case result(OrderedObject)
  /// Evaluation failed, with the class of the error.
  case failure(String)
  /// This program does not run it: the codes of the findings, each once.
  case refusal([String])

  /// A failure, or a refusal when it is one of ours alone.
  init(_ error: RuntimeError) {
    if let code = refusalCode(of: error) {
      self = .refusal([code])
    } else {
      self = .failure(errorClass(of: error))
    }
  }

  /// A refusal when one of the findings is an error, or says that we give a meaning where the reference has none.
  init?(errorsIn diagnostics: Diagnostics) {
    let ours: Set = [DeclarationCodes.legacySyntax.id, "collected-stream"]
    var codes: [String] = []
    for diagnostic in diagnostics.all where diagnostic.severity == .error || ours.contains(diagnostic.code.id) {
      if !codes.contains(diagnostic.code.id) { codes.append(diagnostic.code.id) }
    }
    guard !codes.isEmpty else { return nil }
    self = .refusal(codes)
  }

  /// The members of an answer.
  package var members: OrderedObject {
    switch self {
    case .result(let members): members
    case .failure(let name): ["error": .text(name)]
    case .refusal(let codes): ["refused": .list(codes.map { .text($0) })]
    }
  }
}
