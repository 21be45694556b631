import ComposeBasic
import ComposeSyntax

/// Makes the canonical forms of templates.
struct TemplateForms {
  let environment: EnvironmentPlaces
  /// The jobs of the workflow, which `${jobs}` as a whole sees.
  let jobs: Set<String>

  func form(_ template: PlanTemplate) -> CanonicalForm { .placed(unplacedForm(template), template.range) }

  private func unplacedForm(_ template: PlanTemplate) -> CanonicalForm {
    switch template.content {
    case .constant(let value):
      // The value of a variable that YAML reads as a number.
      let references = environment.references(in: template.range)
      return references.isEmpty ? .constant(value) : .record("text", ["pieces": .list(references.map(form))])
    case .text(let pieces): return text(pieces, in: template.range)
    case .reference(let reference): return form(reference)
    case .list(let items): return .list(items.map(form))
    case .object(let members): return map(members)
    case .operation(let operation): return form(operation)
    }
  }

  func map(_ members: [PlanMember]) -> CanonicalForm {
    var forms: [String: CanonicalForm] = [:]
    for member in members { forms[member.key] = form(member.value) }
    return .map(forms)
  }

  private func text(_ pieces: [PlanPiece], in range: SourceRange) -> CanonicalForm {
    var references = environment.references(in: range)[...]
    var forms: [CanonicalForm] = []
    var text = ""
    func endText() {
      if !text.isEmpty { forms.append(.text(text)) }
      text = ""
    }
    for piece in pieces {
      switch piece {
      case .text(let piece): text += piece
      case .reference(let reference):
        endText()
        forms.append(form(reference))
      case .environment(let value):
        endText()
        let place = references.firstIndex { $0.name == value.name }
        forms.append(
          place.map { form(references[$0]) } ?? .record("environment", ["name": .text(value.name)]))
        if let place { references = references[(place + 1)...] }
      }
    }
    endText()
    return .record("text", ["pieces": .list(forms)])
  }

  /// Never the value: the same plan has the same hash on every machine.
  private func form(_ reference: EnvironmentReference) -> CanonicalForm {
    .record(
      "environment",
      [
        "name": .text(reference.name), "cast": reference.cast.map(CanonicalForm.text),
        "default": reference.fallback.map(CanonicalForm.text),
      ])
  }

  // MARK: Look-ups

  private func form(_ reference: PlanReference) -> CanonicalForm {
    var steps = reference.steps[...]
    var root: CanonicalForm = .text(reference.root)
    if reference.root == "jobs", !reference.isChunk {
      if case .key(let name)? = steps.first, jobs.contains(name) {
        root = .record("job", ["job": .job(name)])
        steps = steps.dropFirst()
      } else {
        // Every job can be seen there, under its name.
        let all = Dictionary(jobs.map { ($0, CanonicalForm.job($0)) }, uniquingKeysWith: { first, _ in first })
        root = .record("jobs", ["jobs": .map(all)])
      }
    }
    return .record(
      "look-up",
      [
        "root": root, "chunk": reference.isChunk ? .boolean(true) : nil,
        "indexed": reference.hasRootIndex ? .boolean(true) : nil,
        "steps": steps.isEmpty ? nil : .list(steps.map(form)), "cast": reference.cast.map(form),
        "default": reference.fallback.map(form),
      ])
  }

  private func form(_ step: PlanReference.Step) -> CanonicalForm {
    switch step {
    case .key(let name): .text(name)
    case .index(let index): .integer(index)
    case .slice(let from, let to):
      .record("slice", ["from": from.map(CanonicalForm.integer), "to": to.map(CanonicalForm.integer)])
    case .wildcard: .record("all", [:])
    }
  }

  private func form(_ cast: PlanCast) -> CanonicalForm {
    .record(
      "cast",
      [
        "type": .text(cast.type), "list": cast.isList ? .boolean(true) : nil,
        "subtype": cast.subtype.map(CanonicalForm.text),
        "attributes": cast.attributes.isEmpty ? nil : map(cast.attributes),
        "format": cast.format.map(CanonicalForm.text),
      ])
  }
}
