package import ComposeBasic

/// A part of a plan without what has no meaning: the one form from which its hash and its comparison with another plan
/// are made. `docs/ir.md` specifies it.
package indirect enum CanonicalForm: Sendable {
  case constant(PlanConstant)
  case list([CanonicalForm])
  /// Order has no meaning, and neither has it that one stands twice.
  case set([CanonicalForm])
  /// Order has no meaning; how often one stands has.
  case bag([CanonicalForm])
  /// Members by name; their order has no meaning.
  case map([String: CanonicalForm])
  /// A type, or a case of a union, with its fields; those without a value are not there.
  case union(String, [String: CanonicalForm])
  /// Another job of the workflow, or this one.
  case job(String)
  /// A workflow of the file.
  case workflow(String)
  /// The form of what is written there. The place is not part of the form.
  case placed(CanonicalForm, SourceRange)

  package static func text(_ value: String) -> CanonicalForm { .constant(.text(value)) }

  package static func integer(_ value: Int) -> CanonicalForm { .constant(.integer(value)) }

  package static func boolean(_ value: Bool) -> CanonicalForm { .constant(.boolean(value)) }

  /// A union of the fields that there are.
  package static func record(_ name: String, _ fields: KeyValuePairs<String, CanonicalForm?>) -> CanonicalForm {
    var present: [String: CanonicalForm] = [:]
    for (name, value) in fields { present[name] = value }
    return .union(name, present)
  }
}

/// What another part of the plan is named by inside of a canonical form.
package enum FormReference: Hashable, Sendable {
  case job(String)
  case workflow(String)
}

extension CanonicalForm {
  /// The jobs and workflows that the form refers to.
  package var references: Set<FormReference> {
    var found: Set<FormReference> = []
    collectReferences(into: &found)
    return found
  }

  private func collectReferences(into found: inout Set<FormReference>) {
    switch self {
    case .constant: break
    case .list(let forms), .set(let forms), .bag(let forms): for form in forms { form.collectReferences(into: &found) }
    case .map(let members), .union(_, let members): for form in members.values { form.collectReferences(into: &found) }
    case .job(let name): found.insert(.job(name))
    case .workflow(let id): found.insert(.workflow(id))
    case .placed(let form, _): form.collectReferences(into: &found)
    }
  }

  /// The hash of the form.
  ///
  /// - Parameter resolve: the hash that stands for a reference; where it is `nil`, the reference is written as null, as
  ///   if it said only that something is meant.
  package func hash(_ resolve: (FormReference) -> SemanticHash?) -> SemanticHash {
    SemanticHash { write(into: &$0, resolve) }
  }

  func write(into writer: inout CanonicalWriter, _ resolve: (FormReference) -> SemanticHash?) {
    switch self {
    case .constant(let value): value.write(into: &writer)
    case .list(let forms): writer.list(forms) { $1.write(into: &$0, resolve) }
    case .set(let forms):
      // Sorted by what does not depend on where they stood.
      writer.list(Set(forms.map { $0.hash(resolve) }).sorted()) { $1.write(into: &$0) }
    case .bag(let forms): writer.list(forms.map { $0.hash(resolve) }.sorted()) { $1.write(into: &$0) }
    case .map(let members): writer.map(members) { $1.write(into: &$0, resolve) }
    case .union(let name, let fields): writer.union(name, members: fields) { $1.write(into: &$0, resolve) }
    case .job(let name): Self.write(resolve(.job(name)), into: &writer)
    case .workflow(let id): Self.write(resolve(.workflow(id)), into: &writer)
    case .placed(let form, _): form.write(into: &writer, resolve)
    }
  }

  private static func write(_ hash: SemanticHash?, into writer: inout CanonicalWriter) {
    if let hash { hash.write(into: &writer) } else { writer.null() }
  }
}
