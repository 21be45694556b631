package import ComposeBasic
package import ComposeSyntax

/// One job while it is typed: what its kind sees of it, and what the kind can have checked.
package struct JobTyping {
  package let decl: JobDecl
  /// What the job is given.
  package let input: Type
  let kind: any JobKind.Type
  let typer: JobTyper
  /// What the job's own fields see.
  let scope: Scope

  /// What a job that goes through its input sees of it: the elements of a list or a stream, or the value itself.
  package var elements: Type { input.elements }

  /// Types a job inside this one. It sees the workflow's roots and those that are given here.
  ///
  /// - Parameters:
  ///   - index: which one.
  ///   - roots: what it sees besides.
  ///   - given: what it is given when it has no `input`. In place of null that is the workflow's input.
  /// - Returns: what it gives; `any` when there is no such job.
  package func bodyType(
    _ index: Int = 0, seeing roots: [String: Type], given: Type, into diagnostics: inout Diagnostics
  ) -> Type {
    guard decl.bodies.indices.contains(index) else { return .any }
    let part = kind.body?.isSequence == true ? "step \(index + 1) of" : "the job inside"
    var inner = typer.workflowScope.adding(roots, at: "\(part) \(scope.place)")
    inner.hiddenRoots = scope.hiddenRoots.union(scope.roots.keys).subtracting(inner.roots.keys)
    if hasOwnInput {
      inner.hasLocalInput = true
      inner.declaresInputs = false
    }
    return typer.type(
      decl.bodies[index], in: inner, defaultInput: given.mayBeNull ? .any : given, into: &diagnostics
    ).output
  }

  /// Checks a condition with roots of its own.
  package func check(condition: Template, seeing roots: [String: Type], into diagnostics: inout Diagnostics) {
    var inner = typer.workflowScope.adding(roots, at: "the condition of " + scope.place)
    if hasOwnInput { inner.hasLocalInput = true }
    let checker = ExpressionChecker(scope: inner)
    _ = checker.type(of: condition, into: &diagnostics)
    JobConditions.check(condition, in: checker, into: &diagnostics)
  }

  /// Checks what is compared in fields that see what the job sees. What is wrong with these alone is reported anyway.
  package func check(comparisons: [ConditionLeaf], into diagnostics: inout Diagnostics) {
    let checker = ExpressionChecker(scope: scope)
    for leaf in comparisons { JobConditions.check(leaf, in: checker, into: &diagnostics) }
  }

  /// What a template is that sees what the job sees. Its findings are reported elsewhere.
  package func type(of template: Template) -> Type {
    var ignored = Diagnostics()
    return ExpressionChecker(scope: scope).type(of: template, into: &ignored)
  }

  /// What becomes of the elements of the input when each is replaced: a list for a list, a stream for a stream or with
  /// `streaming`, one value for any other.
  package func collected(_ element: Type) -> Type {
    if input == .any { return .any }
    let streaming = decl.fields["streaming"]
    let types = (input.alternatives + (input.mayBeNull ? [.null] : [])).map { type -> Type in
      switch type {
      case .any: return .any
      case .list:
        switch streaming?.content {
        case nil, .constant(.boolean(false)): return .list(element)
        case .constant(.boolean(true)): return .stream(element, fragmented: false)
        default: return .any
        }
      case .stream(_, let fragmented): return .stream(element, fragmented: fragmented)
      case .encoded: return .stream(element, fragmented: false)
      default: return element
      }
    }
    return .union(of: types)
  }

  private var hasOwnInput: Bool { kind.body?.hasOwnInput ?? false }
}

extension Type {
  /// The elements of lists and streams, any other value itself.
  package var elements: Type {
    if self == .any { return .any }
    let types = alternatives.map { type -> Type in
      switch type {
      case .list, .stream, .encoded: type.element
      default: type
      }
    }
    return .union(of: types + (mayBeNull ? [.null] : []))
  }
}
